import { html } from 'lit';
import { PageElement } from './element.js';
import { get } from './api.js';
import { resume } from './session.js';
import { Stream } from './stream.js';
import './login-form.js';
import './top-bar.js';
import './portfolio-view.js';
import './value-chart.js';
import './order-ticket.js';
import './open-orders.js';
import './activity-list.js';

const AFTER_EVENT_MS = 150;

/** The investor's page: holds what the server said and hands it to its parts. */
class InvestorApp extends PageElement {
  static properties = {
    me: { state: true }, live: { state: true }, account: { state: true }, positions: { state: true }, orders: { state: true },
    activities: { state: true }, assets: { state: true }, quotes: { state: true }, symbol: { state: true }, message: { state: true },
  };

  constructor() {
    super();
    this.quotes = {};
    this.live = false;
    this.message = '';
    resume().then(me => me && this.#start(me));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stream?.close();
  }

  async #start(me) {
    this.me = me;
    if (me.accounts.length === 0) {
      if (me.roles.some(role => role === 'operator' || role === 'admin')) location.href = '/operator.html';
      return;
    }
    this.stream = new Stream();
    this.stream.addEventListener('state', event => { this.live = event.detail; if (event.detail) this.#reload(); });
    this.stream.addEventListener('trade_updates', () => this.#soon());
    this.stream.addEventListener('portfolio', event => {
      this.account = event.detail.account;
      this.positions = event.detail.positions;
    });
    this.stream.addEventListener('quotes', event => { this.quotes = { ...this.quotes, [event.detail.symbol]: event.detail }; });
    this.stream.open();
    try {
      this.assets = (await get('/v2/assets?status=active')).sort((a, b) => a.symbol.localeCompare(b.symbol));
    } catch (problem) {
      this.message = problem.message;
    }
    await this.#reload();
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#reload(), AFTER_EVENT_MS);
  }

  async #reload() {
    const parts = {
      account: '/v2/account', positions: '/v2/positions', orders: '/v2/orders?status=open&limit=100',
      activities: '/v2/account/activities?page_size=50&direction=desc',
    };
    this.message = '';
    await Promise.all(Object.entries(parts).map(async ([part, path]) => {
      try {
        this[part] = await get(path);
      } catch (problem) {
        this.message = problem.message;
      }
    }));
  }

  #watch(symbol) {
    this.symbol = symbol;
    this.stream?.watch([symbol]);
  }

  render() {
    if (!this.me) return html`<login-form @signed-in=${event => this.#start(event.detail)}></login-form>`;
    if (this.me.accounts.length === 0) return html`<main class="login"><p>No account was granted to ${this.me.login}.</p></main>`;
    const quote = this.quotes[this.symbol];
    return html`
      <top-bar title="HMS-ACH" .me=${this.me} .source=${quote?.source} ?live=${this.live}></top-bar>
      <p class="message loss" role="alert">${this.message}</p>
      <main class="board">
        <section>
          <portfolio-view .account=${this.account} .positions=${this.positions}></portfolio-view>
          <value-chart .live=${this.account?.equity}></value-chart>
          <activity-list .activities=${this.activities}></activity-list>
        </section>
        <section>
          <order-ticket .assets=${this.assets} .quote=${quote} @symbol=${event => this.#watch(event.detail)} @sent=${() => this.#soon()}></order-ticket>
          <open-orders .orders=${this.orders} @sent=${() => this.#soon()}></open-orders>
        </section>
      </main>`;
  }
}

customElements.define('investor-app', InvestorApp);
