// A server may need a token. The page asks for it once and keeps it as long as its tab is open, in no address and no link.
const key = "token";
const form = document.querySelector("#access");
const field = form.querySelector("input");
const reason = form.querySelector("p");

let token = kept();
/** The promise of a token while somebody is asked for one. */
let asking = null;

/** Fetches with the token. Where the server does not take it, somebody is asked for another, and it is fetched again. */
export async function request(address, options = {}) {
  for (;;) {
    const used = token;
    const headers = used === null ? options.headers : { ...options.headers, "Authorization": `Bearer ${used}` };
    const response = await fetch(address, { ...options, headers });
    if (response.status !== 401) return response;
    // Somebody may have given another one since this was sent.
    if (token === used) await (asking ??= ask());
  }
}

function ask() {
  reason.textContent = token === null ? "This server needs a token. Whoever runs it can give you one."
    : "The server does not know this token. Whoever runs it can give you another one.";
  form.hidden = false;
  // Nobody is taken away from what they do.
  if (document.activeElement === document.body) field.focus();
  return new Promise(resolve => form.addEventListener("submit", event => {
    event.preventDefault();
    keep(field.value.trim());
    field.value = "";
    form.hidden = true;
    asking = null;
    resolve();
  }, { once: true }));
}

function kept() {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(text) {
  token = text;
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // Where a browser keeps nothing, the token is good until the page is left.
  }
}
