// The button of the page that says the connection is lost.
document.getElementById("go-on").addEventListener("click", () => window.location.reload());

// Typing works at once, without a click into the terminal first.
const typeHere = () => document.querySelector(".xterm-helper-textarea")?.focus();
new MutationObserver(typeHere).observe(document.body, { attributeFilter: ["class"] });
window.addEventListener("focus", typeHere);
