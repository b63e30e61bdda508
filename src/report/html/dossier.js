(function () {
  "use strict";
  var boxes = Array.prototype.slice.call(document.querySelectorAll("input[data-show]"));
  function apply() {
    boxes.forEach(function (box) {
      Array.prototype.forEach.call(document.querySelectorAll(".finding.is-" + box.dataset.show), function (finding) { finding.hidden = !box.checked; });
    });
    Array.prototype.forEach.call(document.querySelectorAll("section.group"), function (section) {
      section.hidden = !section.querySelector(".finding:not([hidden])");
    });
  }
  boxes.forEach(function (box) { box.addEventListener("change", apply); });
  apply();
  if (location.hash) {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) { target.hidden = false; target.scrollIntoView(); }
  }
})();
