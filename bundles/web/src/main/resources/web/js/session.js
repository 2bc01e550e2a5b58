import { get, leave, post, useCsrfToken, Problem } from './api.js';

const COOKIE_HINT = 'hms.signed-in';

/** The session that a reload may still have; null when there is none. */
export async function resume() {
  if (sessionStorage.getItem(COOKIE_HINT) === null) return null;
  try {
    return taken(await get('/auth/v1/me'));
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      sessionStorage.removeItem(COOKIE_HINT);
      return null;
    }
    throw problem;
  }
}

export async function logIn(login, password) {
  return taken(await post('/auth/v1/login', { login, password }));
}

export async function logOut() {
  sessionStorage.removeItem(COOKIE_HINT);
  await leave('/auth/v1/logout');
}

function taken(me) {
  useCsrfToken(me.csrfToken);
  sessionStorage.setItem(COOKIE_HINT, me.login);
  return me;
}
