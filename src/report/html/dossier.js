(function () {
  "use strict";
  document.documentElement.className = "js";
  var all = function (selector, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(selector)); };
  var boxes = all("input[data-show]");
  function apply() {
    boxes.forEach(function (box) {
      all(".finding.is-" + box.dataset.show).forEach(function (finding) { finding.hidden = !box.checked; });
    });
    all("section.group").forEach(function (section) { section.hidden = !section.querySelector(".finding:not([hidden])"); });
  }
  boxes.forEach(function (box) { box.addEventListener("change", apply); });

  // An excerpt stands once on the page; opening it brings it beside the evidence.
  var home = document.getElementById("excerpts"), links = all("a.see");
  function close(link) {
    link.setAttribute("aria-expanded", "false");
    var figure = document.getElementById(link.hash.slice(1));
    if (figure && home) home.appendChild(figure);
  }
  function open(link) {
    links.forEach(function (other) { if (other !== link && other.hash === link.hash && other.getAttribute("aria-expanded") === "true") close(other); });
    var figure = document.getElementById(link.hash.slice(1));
    if (!figure) return;
    link.parentNode.appendChild(figure);
    link.setAttribute("aria-expanded", "true");
    var sheet = figure.querySelector(".sheet"), here = figure.querySelector(".here"), img = figure.querySelector("img");
    if (!sheet || !here) return;
    var show = function () { sheet.scrollTop = Math.max(0, here.offsetTop - sheet.clientHeight / 3); };
    if (img.complete) show(); else img.addEventListener("load", show, { once: true });
  }
  links.forEach(function (link) {
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-controls", link.hash.slice(1));
    link.addEventListener("click", function (event) {
      event.preventDefault();
      if (link.getAttribute("aria-expanded") === "true") close(link); else open(link);
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var figure = document.activeElement && document.activeElement.closest ? document.activeElement.closest("li, td, dd") : null;
    var link = figure && figure.querySelector("a.see[aria-expanded=true]");
    if (link) { close(link); link.focus(); }
  });

  apply();
  function go() {
    var target = null;
    try { target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { return; }
    if (!target) return;
    if (target.closest(".group")) { target.closest(".group").hidden = false; }
    target.hidden = false;
    target.scrollIntoView();
    if (target.classList.contains("finding")) target.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", go);
  go();
})();
