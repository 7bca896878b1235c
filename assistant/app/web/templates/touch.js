// A finger in place of a mouse, and the keys that a keyboard on a phone has not.
const asKey = { bubbles: true, cancelable: true };
const keys = {
  esc: { key: "Escape", keyCode: 27 },
  tab: { key: "Tab", keyCode: 9 },
  up: { key: "ArrowUp", keyCode: 38 },
  down: { key: "ArrowDown", keyCode: 40 },
  line: newLine,
  copy: { key: "c", keyCode: 67, ctrlKey: true },
  send: { key: "Enter", keyCode: 13 },
};
const bar = document.getElementById("keys");
bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays where it is
bar.addEventListener("click", async (event) => {
  const name = event.target.closest("button")?.name;
  const box = typingBox();
  if (name in keys) box?.dispatchEvent(new KeyboardEvent("keydown", { ...asKey, ...keys[name] }));
  if (name !== "paste") return;
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", await navigator.clipboard.readText().catch(() => ""));
  box?.dispatchEvent(new ClipboardEvent("paste", { ...asKey, clipboardData }));
});

// Moving a finger reads back and on; holding it still first marks words, as a mouse does.
const HELD_MS = 450;
const STEP = 24; // pixels of a finger for one turn of a wheel, which is two lines
let finger = null;
const screen_ = () => document.querySelector(".xterm-screen");
const mouse = (kind, at, buttons) =>
  screen_()?.dispatchEvent(
    new MouseEvent(kind, { ...asKey, clientX: at.clientX, clientY: at.clientY, button: 0, buttons }),
  );
const wheel = (at, by) =>
  screen_()?.dispatchEvent(
    new WheelEvent("wheel", { ...asKey, clientX: at.clientX, clientY: at.clientY, deltaMode: 1, deltaY: by }),
  );
const begins = (event) => {
  clearTimeout(finger?.timer);
  const at = event.touches[0];
  finger = event.touches.length > 1 ? null : { y: at.clientY, marks: false, moved: false };
  if (finger === null) return;
  finger.timer = setTimeout(() => {
    finger.marks = true;
    mouse("mousedown", at, 1);
  }, HELD_MS);
};
const moves = (event) => {
  if (finger === null) return;
  const at = event.touches[0];
  if (finger.marks) mouse("mousemove", at, 1);
  for (; !finger.marks && Math.abs(at.clientY - finger.y) >= STEP; finger.moved = true) {
    clearTimeout(finger.timer);
    const by = Math.sign(finger.y - at.clientY);
    wheel(at, by);
    finger.y -= by * STEP;
  }
  event.preventDefault();
  event.stopPropagation();
};
const ends = (event) => {
  clearTimeout(finger?.timer);
  if (finger?.marks) mouse("mouseup", event.changedTouches[0], 0);
  if (finger?.marks || finger?.moved) event.preventDefault(); // else it was a tap, which the browser makes a click
  finger = null;
};
const surface = document.getElementById("terminal");
surface.addEventListener("touchstart", begins, { capture: true, passive: true });
surface.addEventListener("touchmove", moves, { capture: true, passive: false });
surface.addEventListener("touchend", ends, { capture: true, passive: false });
surface.addEventListener("touchcancel", ends, { capture: true, passive: false });
surface.addEventListener("contextmenu", (event) => finger && event.preventDefault(), true);
