import { html } from 'lit';
import { PageElement } from './element.js';
import { logIn } from './session.js';

class LoginForm extends PageElement {
  static properties = { message: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.message = '';
    this.busy = false;
  }

  async #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.busy = true;
    this.message = '';
    try {
      const me = await logIn(form.get('login'), form.get('password'));
      this.dispatchEvent(new CustomEvent('signed-in', { detail: me, bubbles: true }));
    } catch (problem) {
      this.message = problem.message;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`
      <main class="login">
        <h1>HMS-ACH</h1>
        <form @submit=${this.#submit}>
          <label>Login <input name="login" autocomplete="username" required autofocus maxlength="64"></label>
          <label>Password <input name="password" type="password" autocomplete="current-password" required maxlength="256"></label>
          <button type="submit" aria-busy=${this.busy} ?disabled=${this.busy}>Log in</button>
          <p class="message loss" role="alert">${this.message}</p>
        </form>
      </main>`;
  }
}

customElements.define('login-form', LoginForm);
