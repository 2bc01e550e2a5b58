import { html } from 'lit';
import { PageElement } from './element.js';
import { post } from './api.js';
import { money, quantity, words } from './format.js';

const PREVIEW_AFTER_MS = 300;

/** An order before it is sent: price, cost and each check's answer. */
class OrderTicket extends PageElement {
  static properties = {
    assets: {}, quote: {}, order: { state: true }, preview: { state: true }, message: { state: true },
    tone: { state: true }, busy: { state: true },
  };

  constructor() {
    super();
    this.order = { symbol: '', side: 'buy', type: 'market', qty: '1', limit_price: '', time_in_force: 'day' };
    this.message = '';
    this.tone = '';
    this.busy = false;
    this.#newId();
  }

  willUpdate(changed) {
    if (changed.has('assets') && this.order.symbol === '' && this.assets?.length) this.#set({ symbol: this.assets[0].symbol });
  }

  #newId() {
    this.clientOrderId = crypto.randomUUID();
  }

  #set(change) {
    this.order = { ...this.order, ...change };
    this.#newId();
    if (change.symbol) this.dispatchEvent(new CustomEvent('symbol', { detail: change.symbol, bubbles: true }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), PREVIEW_AFTER_MS);
  }

  #body() {
    const body = { ...this.order, client_order_id: this.clientOrderId };
    if (body.type === 'market') delete body.limit_price;
    return body;
  }

  async #ask() {
    if (!this.order.symbol || !this.order.qty || (this.order.type === 'limit' && !this.order.limit_price)) {
      this.preview = undefined;
      return;
    }
    const asked = this.order;
    try {
      const preview = await post('/v2/orders/preview', this.#body());
      if (asked !== this.order) return;
      this.preview = preview;
      this.message = '';
    } catch (problem) {
      if (asked !== this.order) return;
      this.preview = undefined;
      this.#say(problem.message, 'loss');
    }
  }

  /** A repetition after a lost answer carries the same id, so it trades once. */
  async #send(event) {
    event.preventDefault();
    this.busy = true;
    try {
      const order = await post('/v2/orders', this.#body());
      this.#say(`${order.side} ${quantity(order.qty)} ${order.symbol}: ${words(order.status)}`, 'gain');
      this.#newId();
      this.dispatchEvent(new CustomEvent('sent', { bubbles: true }));
      this.#ask();
    } catch (problem) {
      this.#say(problem.message, 'loss');
      // refused is final; after a lost or late answer the order may stand, so it is sent again under its id
      if (problem.status < 500) this.#newId();
    } finally {
      this.busy = false;
    }
  }

  #say(message, tone) {
    this.message = message;
    this.tone = tone;
  }

  #quote() {
    const quote = this.quote;
    if (!quote) return html`<p class="quiet">No quote yet</p>`;
    return html`<p id="quote">Bid <strong>${money(quote.bid)}</strong> × ${quantity(quote.bidSize)} ·
      Ask <strong>${money(quote.ask)}</strong> × ${quantity(quote.askSize)} <span class="quiet">${quote.source}</span></p>`;
  }

  #answers() {
    const preview = this.preview;
    if (!preview) return html`<p class="quiet">Fill in the order to see price, cost and checks.</p>`;
    const refusalsFirst = [...preview.verdicts].sort((a, b) => a.allowed - b.allowed);
    return html`
      <dl class="figures" id="preview">
        <div><dt>Reference price</dt><dd>${money(preview.referencePrice?.price)}</dd></div>
        <div><dt>Cost</dt><dd>${money(preview.cost)}</dd></div>
        <div><dt>Fee estimate</dt><dd>${money(preview.fee)}</dd></div>
      </dl>
      <ul class="verdicts" aria-label="Checks">
        ${refusalsFirst.map(verdict => html`
          <li data-rule=${verdict.rule} class=${verdict.allowed ? '' : 'refused'}>
            <span class="mark ${verdict.allowed ? 'gain' : 'loss'}">${verdict.allowed ? '✓' : '✗'}</span>
            <span>${verdict.rule}</span>
            <span class="quiet">${verdict.allowed ? '' : verdict.detail}</span>
          </li>`)}
      </ul>`;
  }

  render() {
    const order = this.order;
    const set = field => event => this.#set({ [field]: event.target.value });
    return html`
      <article class="ticket">
        <h2>Order ticket</h2>
        <form @submit=${this.#send}>
          <label>Symbol
            <select name="symbol" .value=${order.symbol} @change=${set('symbol')} required>
              ${(this.assets ?? []).map(asset => html`<option value=${asset.symbol} ?selected=${asset.symbol === order.symbol}>${asset.symbol} ${asset.name ?? ''}</option>`)}
            </select></label>
          ${this.#quote()}
          <fieldset class="sides">
            ${['buy', 'sell'].map(side => html`<label><input type="radio" name="side" value=${side} .checked=${order.side === side} @change=${set('side')}> ${side}</label>`)}
          </fieldset>
          <div class="two">
            <label>Quantity <input name="qty" inputmode="decimal" autocomplete="off" .value=${order.qty} @input=${set('qty')} required maxlength="30"></label>
            <label>Type
              <select name="type" @change=${set('type')}>
                ${['market', 'limit'].map(type => html`<option ?selected=${order.type === type}>${type}</option>`)}
              </select></label>
            <label>Limit price <input name="limit_price" inputmode="decimal" autocomplete="off" .value=${order.limit_price} @input=${set('limit_price')} ?disabled=${order.type === 'market'} maxlength="30"></label>
            <label>Time in force
              <select name="time_in_force" @change=${set('time_in_force')}>
                ${['day', 'gtc', 'ioc', 'fok'].map(tif => html`<option ?selected=${order.time_in_force === tif}>${tif}</option>`)}
              </select></label>
          </div>
          ${this.#answers()}
          <button type="submit" id="send" ?disabled=${this.busy || !this.preview?.accepted}>${words(order.side)} ${order.qty} ${order.symbol}</button>
          <p class="message ${this.tone}" role="status" id="ticket-message">${this.message}</p>
        </form>
      </article>`;
  }
}

customElements.define('order-ticket', OrderTicket);
