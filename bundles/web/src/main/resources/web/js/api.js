// One way to talk to the server: JSON, the session cookie, the CSRF token, problems as errors.

let csrfToken = '';
const leaving = new AbortController();

export class Problem extends Error {
  constructor(status, body) {
    super(body?.message ?? `the server answered ${status}`);
    this.status = status;
    this.body = body ?? {};
  }
}

export function useCsrfToken(token) {
  csrfToken = token;
}

export async function call(method, path, body) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken;
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    signal: leaving.signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = text === '' ? null : JSON.parse(text);
  if (!response.ok) throw new Problem(response.status, json);
  return json;
}

/** Ends the session: what is on its way is dropped, and nothing is asked any more until the page loads anew. */
export async function leave(path) {
  leaving.abort();
  await fetch(path, { method: 'POST', headers: { 'X-CSRF-Token': csrfToken }, credentials: 'same-origin' });
}

export const get = path => call('GET', path);
export const post = (path, body = {}) => call('POST', path, body);
export const del = path => call('DELETE', path);
