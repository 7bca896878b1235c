// The key that came behind the # is kept for this address and port alone, and taken out of the address.
if (window.location.hash.length > 1) {
  window.localStorage.setItem("key", window.location.hash.slice(1));
  window.history.replaceState(null, "", "/");
}
const terminal = document.getElementById("terminal");
const key = encodeURIComponent(window.localStorage.getItem("key") ?? "");
terminal.dataset.sessionWebsocketUrl += `/${key}`;
