// The button of the page that says the connection is lost; who comes back to a page that lost it meanwhile goes on.
// Where nothing answers any more the page says so: loading it again would put the browser's own error in its place.
const closed = () => document.body.classList.contains("-closed");
const lookWhetherItAnswers = async () => {
  const answers = await fetch("/page.js", { method: "HEAD", cache: "no-store" }).then(() => true, () => false);
  document.body.classList.toggle("-stopped", !answers);
  return answers;
};
const goOn = async () => (await lookWhetherItAnswers()) && window.location.reload();
document.getElementById("go-on").addEventListener("click", goOn);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && closed() && goOn());
const SHUT_MS = 1000; // a program that stops closes the connection a moment before it answers no more
const whenClosed = new MutationObserver(() => {
  if (!closed()) return;
  whenClosed.disconnect();
  setTimeout(lookWhetherItAnswers, SHUT_MS);
});
whenClosed.observe(document.body, { attributeFilter: ["class"] });

const typingBox = () => document.querySelector(".xterm-helper-textarea");

// What was copied elsewhere is pasted: the terminal would take the key, and the app put in what it had copied itself.
const pastes = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "v";
document.addEventListener("keydown", (event) => pastes(event) && event.stopImmediatePropagation(), true);

// Shift+Enter begins a line; the terminal would send it as Enter, and half an answer with it.
const newLine = { key: "j", keyCode: 74, ctrlKey: true, bubbles: true, cancelable: true };
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.shiftKey || event.target !== typingBox()) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  typingBox().dispatchEvent(new KeyboardEvent("keydown", newLine));
}, true);

// Typing works at once, without a click into the terminal first.
const typeHere = () => typingBox()?.focus();
new MutationObserver(typeHere).observe(document.body, { attributeFilter: ["class"] });
window.addEventListener("focus", typeHere);

// Where a keyboard on the screen lies over the page instead of making it shorter, the page ends above it.
const view = window.visualViewport;
const fit = () => {
  document.body.style.height = `${view.height}px`;
  window.scrollTo(0, 0);
  window.onresize?.(); // the terminal's own, which counts its rows again
};
view?.addEventListener("resize", fit);
new ResizeObserver(() => window.onresize?.()).observe(document.getElementById("terminal"));
