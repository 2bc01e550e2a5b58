import { html } from 'lit';
import { PageElement } from './element.js';
import { money, quantity, time, signed, tone } from './format.js';

const NAMES = { FILL: 'Fill', FEE: 'Fee', CSD: 'Deposit', CSW: 'Withdrawal' };

class ActivityList extends PageElement {
  static properties = { activities: {} };

  #what(activity) {
    if (activity.activity_type !== 'FILL') return html`${NAMES[activity.activity_type] ?? activity.activity_type} <span class="quiet">${activity.description ?? ''}</span>`;
    return html`${activity.side} ${quantity(activity.qty)} ${activity.symbol} at ${money(activity.price)}`;
  }

  render() {
    const activities = this.activities ?? [];
    return html`
      <article>
        <h2>Activity</h2>
        <div class="scroll">
          <table id="activity">
            <tbody>
              ${activities.map(activity => html`
                <tr>
                  <td class="quiet">${activity.transaction_time ? time(activity.transaction_time) : activity.date}</td>
                  <td>${this.#what(activity)}</td>
                  <td class="num ${tone(activity.net_amount)}">${activity.net_amount === undefined ? '' : signed(activity.net_amount)}</td>
                </tr>`)}
              ${activities.length === 0 ? html`<tr><td class="quiet">Nothing yet</td></tr>` : ''}
            </tbody>
          </table>
        </div>
      </article>`;
  }
}

customElements.define('activity-list', ActivityList);
