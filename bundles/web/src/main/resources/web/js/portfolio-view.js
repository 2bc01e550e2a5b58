import { html } from 'lit';
import { PageElement } from './element.js';
import { money, percent, quantity, signed, tone } from './format.js';

/** What the account is worth now, and in what. */
class PortfolioView extends PageElement {
  static properties = { account: {}, positions: {} };

  render() {
    const account = this.account;
    if (!account) return html`<article aria-busy="true"><h2>Portfolio</h2></article>`;
    const closed = Number(account.last_equity) > 0;
    const day = account.equity - account.last_equity;
    const positions = this.positions ?? [];
    return html`
      <article>
        <h2>Portfolio</h2>
        <dl class="figures">
          <div><dt>Value</dt><dd class="large" id="equity">${money(account.equity)}</dd></div>
          <div><dt>Since last close</dt><dd class=${closed ? tone(day) : 'quiet'} id="day-change">${closed ? signed(day) : '–'}</dd></div>
          <div><dt>Cash</dt><dd id="cash">${money(account.cash)}</dd></div>
          <div><dt>Buying power</dt><dd id="buying-power">${money(account.buying_power)}</dd></div>
        </dl>
        <div class="scroll">
          <table id="positions">
            <thead><tr><th>Symbol</th><th class="num">Quantity</th><th class="num">Cost</th><th class="num">Price</th>
              <th class="num">Value</th><th class="num">Profit or loss</th><th class="num">%</th></tr></thead>
            <tbody>
              ${positions.map(position => html`
                <tr data-symbol=${position.symbol}>
                  <td><strong>${position.symbol}</strong></td>
                  <td class="num">${quantity(position.qty)}</td>
                  <td class="num">${money(position.avg_entry_price)}</td>
                  <td class="num">${money(position.current_price)}</td>
                  <td class="num">${money(position.market_value)}</td>
                  <td class="num ${tone(position.unrealized_pl)}">${signed(position.unrealized_pl)}</td>
                  <td class="num ${tone(position.unrealized_pl)}">${percent(position.unrealized_plpc)}</td>
                </tr>`)}
              ${positions.length === 0 ? html`<tr><td colspan="7" class="quiet">No positions yet. Send your first order from the ticket.</td></tr>` : ''}
            </tbody>
          </table>
        </div>
      </article>`;
  }
}

customElements.define('portfolio-view', PortfolioView);
