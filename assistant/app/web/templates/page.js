// The button of the page that says the connection is lost.
document.getElementById("go-on").addEventListener("click", () => window.location.reload());

// What was copied elsewhere is pasted: the terminal would take the key, and the app put in what it had copied itself.
const pastes = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "v";
document.addEventListener("keydown", (event) => pastes(event) && event.stopImmediatePropagation(), true);

// Typing works at once, without a click into the terminal first.
const typeHere = () => document.querySelector(".xterm-helper-textarea")?.focus();
new MutationObserver(typeHere).observe(document.body, { attributeFilter: ["class"] });
window.addEventListener("focus", typeHere);
