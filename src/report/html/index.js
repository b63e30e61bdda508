(function () {
  "use strict";
  var rows = Array.prototype.slice.call(document.querySelectorAll("#dossiers tbody tr"));
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var byId = function (id) { return document.getElementById(id); };
  var find = byId("find"), result = byId("result"), category = byId("category"), rule = byId("rule"), shown = byId("shown"), empty = byId("empty");
  function matches(row, text, words) {
    if (result.value && row.dataset.result !== result.value) return false;
    if (category.value && row.dataset.category !== category.value) return false;
    if (rule.value && (" " + row.dataset.rules + " ").indexOf(" " + rule.value + " ") < 0) return false;
    return words.every(function (word) { return text.indexOf(word) >= 0; });
  }
  function apply() {
    var words = find.value.toLowerCase().split(/\s+/).filter(Boolean), count = 0;
    rows.forEach(function (row, n) {
      var keep = matches(row, texts[n], words);
      if (row.hidden === keep) row.hidden = !keep;
      if (keep) count += 1;
    });
    shown.textContent = count + " / " + rows.length;
    empty.hidden = count > 0;
    try { history.replaceState(null, "", "#" + [result.value, category.value, rule.value, find.value].map(encodeURIComponent).join("&")); } catch (e) { /* file pages of some browsers refuse; the filter still works */ }
  }
  var saved = location.hash.slice(1).split("&").map(function (part) { try { return decodeURIComponent(part); } catch (e) { return ""; } });
  if (saved.length === 4) { result.value = saved[0]; category.value = saved[1]; rule.value = saved[2]; find.value = saved[3]; }
  [result, category, rule].forEach(function (box) { box.addEventListener("change", apply); });
  find.addEventListener("input", apply);
  byId("clear").addEventListener("click", function () {
    result.value = category.value = rule.value = find.value = ""; apply(); find.focus();
  });
  Array.prototype.forEach.call(document.querySelectorAll("[data-pick-rule]"), function (button) {
    button.addEventListener("click", function () { rule.value = button.dataset.pickRule; apply(); byId("list").scrollIntoView(); rule.focus({ preventScroll: true }); });
  });
  document.addEventListener("keydown", function (event) {
    var at = document.activeElement, typing = at && /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); find.focus(); }
  });
  apply();
})();
