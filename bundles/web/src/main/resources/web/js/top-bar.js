import { html } from 'lit';
import { PageElement } from './element.js';
import { logOut } from './session.js';

const THEMES = ['auto', 'light', 'dark'];

/** Name, market, connection, theme, log out. */
class TopBar extends PageElement {
  static properties = { me: {}, title: {}, source: {}, live: { type: Boolean }, theme: { state: true } };

  constructor() {
    super();
    this.theme = localStorage.getItem('hms.theme') ?? 'auto';
    this.#apply();
  }

  #apply() {
    if (this.theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = this.theme;
  }

  #nextTheme() {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
    localStorage.setItem('hms.theme', this.theme);
    this.#apply();
  }

  async #leave() {
    await logOut();
    location.reload();
  }

  render() {
    const simulated = /simulated/i.test(this.source ?? '');
    return html`
      <header class="bar">
        <h1>${this.title}</h1>
        ${this.source ? html`<span class="badge ${simulated ? 'warn' : ''}" id="source">${simulated ? 'Simulated market' : this.source}</span>` : ''}
        <span class="badge dot ${this.live ? 'live' : ''}" role="status">${this.live ? 'live' : 'reconnecting'}</span>
        <span class="push">${this.me.login}</span>
        <button class="secondary outline" @click=${this.#nextTheme} aria-label="Colour theme: ${this.theme}">${this.theme}</button>
        <button class="secondary" id="logout" @click=${this.#leave}>Log out</button>
      </header>`;
  }
}

customElements.define('top-bar', TopBar);
