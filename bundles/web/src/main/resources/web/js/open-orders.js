import { html } from 'lit';
import { PageElement } from './element.js';
import { del } from './api.js';
import { money, quantity, time, words } from './format.js';

class OpenOrders extends PageElement {
  static properties = { orders: {}, message: { state: true } };

  constructor() {
    super();
    this.message = '';
  }

  async #cancel(order) {
    try {
      await del(`/v2/orders/${order.id}`);
      this.message = '';
    } catch (problem) {
      this.message = problem.message;
    }
    this.dispatchEvent(new CustomEvent('sent', { bubbles: true }));
  }

  render() {
    const orders = this.orders ?? [];
    return html`
      <article>
        <h2>Open orders</h2>
        <div class="scroll">
          <table id="open-orders" class="small">
            <thead><tr><th>Time</th><th>Order</th><th class="num">Filled</th><th>Status</th><th></th></tr></thead>
            <tbody>
              ${orders.map(order => html`
                <tr data-id=${order.id}>
                  <td>${time(order.created_at)}</td>
                  <td>${order.side} ${quantity(order.qty)} ${order.symbol} ${order.type === 'limit' ? html`at ${money(order.limit_price)}` : 'at market'} <span class="quiet">${order.time_in_force}</span></td>
                  <td class="num">${quantity(order.filled_qty)}</td>
                  <td>${words(order.status)}</td>
                  <td><button class="secondary outline" @click=${() => this.#cancel(order)} aria-label="Cancel ${order.side} ${order.qty} ${order.symbol}">Cancel</button></td>
                </tr>`)}
              ${orders.length === 0 ? html`<tr><td colspan="5" class="quiet">None</td></tr>` : ''}
            </tbody>
          </table>
        </div>
        <p class="loss" role="alert">${this.message}</p>
      </article>`;
  }
}

customElements.define('open-orders', OpenOrders);
