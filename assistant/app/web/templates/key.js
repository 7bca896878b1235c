// The key that came behind the # is kept for this address and port alone, and taken out of the address.
if (window.location.hash.length > 1) {
  window.localStorage.setItem("key", window.location.hash.slice(1));
  window.history.replaceState(null, "", "/");
}
const terminal = document.getElementById("terminal");
const key = encodeURIComponent(window.localStorage.getItem("key") ?? "");
terminal.dataset.sessionWebsocketUrl += `/${key}`;

// The terminal counts its rows by the font it finds: it begins when its own is there, or the last rows would be cut off.
const begin = window.onload;
window.onload = async (event) => {
  await Promise.allSettled(['16px "Roboto Mono"', 'bold 16px "Roboto Mono"'].map((font) => document.fonts.load(font)));
  begin(event);
};
