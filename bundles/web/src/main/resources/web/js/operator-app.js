import { html } from 'lit';
import { PageElement } from './element.js';
import { get, post } from './api.js';
import { resume } from './session.js';
import './login-form.js';
import './top-bar.js';

const REFRESH_MS = 2000;

/** The operator's page: modules, health, outcome clock, the business day, transfers that wait for a person. */
class OperatorApp extends PageElement {
  static properties = {
    me: { state: true }, live: { state: true }, modules: { state: true }, health: { state: true }, outcomes: { state: true },
    day: { state: true }, transfers: { state: true }, core: { state: true }, message: { state: true }, busy: { state: true },
  };

  constructor() {
    super();
    this.message = '';
    this.busy = false;
    resume().then(me => me && this.#start(me));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  #start(me) {
    this.me = me;
    this.timer = setInterval(() => this.#load(), REFRESH_MS);
    this.#load();
  }

  async #load() {
    const parts = {
      modules: '/admin/v1/modules', outcomes: '/admin/v1/outcomes', core: '/admin/v1/core',
      day: '/mfe/v1/books/business-date', transfers: '/mfe/v1/transfers',
    };
    const answers = await Promise.all(Object.entries(parts).map(async ([part, path]) => {
      try {
        this[part] = await get(path);
        return true;
      } catch (problem) {
        this[part] = undefined;
        return problem.status !== undefined;
      }
    }));
    this.live = answers.every(answered => answered);
    const response = await fetch('/health/ready'); // answers 503 with a body when not ready
    this.health = await response.json();
  }

  async #do(path, done) {
    this.busy = true;
    try {
      this.message = done(await post(path));
    } catch (problem) {
      this.message = problem.message;
    } finally {
      this.busy = false;
    }
    this.#load();
  }

  #modules() {
    return html`
      <article>
        <h2>Modules</h2>
        <div class="scroll">
          <table id="modules">
            <thead><tr><th>Family</th><th>Module</th><th>Version</th><th>State</th><th>Since</th><th>Digest</th><th>Last error</th></tr></thead>
            <tbody>
              ${(this.modules ?? []).map(module => html`
                <tr data-module=${module.module}>
                  <td>${module.family}</td><td><strong>${module.module}</strong></td><td>${module.version}</td>
                  <td class=${module.state === 'active' ? 'gain' : 'loss'}>${module.state}</td>
                  <td>${module.since ? new Date(module.since).toLocaleTimeString() : ''}</td>
                  <td class="quiet">${(module.digest ?? '').slice(0, 12)}</td><td class="loss">${module.lastError ?? ''}</td>
                </tr>`)}
            </tbody>
          </table>
        </div>
      </article>`;
  }

  #outcomes() {
    return html`
      <article>
        <h2>Outcome clock: receipt to answer</h2>
        <div class="scroll">
          <table id="outcomes">
            <thead><tr><th>Request</th><th class="num">Count</th><th class="num">p50 ms</th><th class="num">p95 ms</th><th class="num">Max ms</th></tr></thead>
            <tbody>
              ${(this.outcomes ?? []).map(outcome => html`
                <tr><td>${outcome.kind}</td><td class="num">${outcome.count}</td><td class="num">${outcome.p50Ms}</td>
                  <td class="num">${outcome.p95Ms}</td><td class="num">${outcome.maxMs}</td></tr>`)}
            </tbody>
          </table>
        </div>
      </article>`;
  }

  #health() {
    const checks = this.health?.checks ?? [];
    return html`
      <article>
        <h2>Health</h2>
        <table id="health">
          <tbody>
            ${checks.map(check => html`<tr><td>${check.name}</td><td class=${check.status === 'OK' ? 'gain' : 'loss'}>${check.status}</td><td class="quiet">${check.message ?? ''}</td></tr>`)}
          </tbody>
        </table>
      </article>`;
  }

  #day() {
    return html`
      <article>
        <h2>Business day</h2>
        <p>${this.day?.date ?? 'none open'} · session ${this.day?.sessionOpen ? 'open' : 'closed'} · ${this.day?.dueObligations ?? 0} due obligations</p>
        <button ?disabled=${this.busy || !this.day} id="close"
          @click=${() => this.#do('/mfe/v1/books/close-of-business', r => `closed ${r.closedDate}, opened ${r.openedDate}, settled ${r.settled}`)}>Close of business</button>
      </article>
      <article>
        <h2>Transfers waiting</h2>
        <table id="transfers" class="small">
          <tbody>
            ${(this.transfers ?? []).map(transfer => html`
              <tr><td>${transfer.direction}</td><td class="num">${transfer.amount} ${transfer.currency}</td><td>${transfer.state}</td>
                <td><button ?disabled=${this.busy} @click=${() => this.#do(`/mfe/v1/transfers/${transfer.id}/approve`, t => `transfer ${t.state}`)}>Approve</button></td></tr>`)}
            ${(this.transfers ?? []).length === 0 ? html`<tr><td class="quiet">None</td></tr>` : ''}
          </tbody>
        </table>
      </article>
      <article>
        <h2>Core</h2>
        ${this.core ? html`<p>Entry ${this.core.entry} · tape ${this.core.tapeNumber} · ${this.core.takesCommands ? 'takes commands' : this.core.why}</p>
        <p class="quiet">State ${this.core.stateHash.slice(0, 24)}…</p>` : ''}
        <button class="secondary" ?disabled=${this.busy} id="verify"
          @click=${() => this.#do('/admin/v1/core/verify', v => `replayed ${v.entry} entries in ${v.millis} ms: ${v.holds ? 'equal, sums zero' : 'NOT EQUAL'}`)}>Replay and compare</button>
      </article>`;
  }

  render() {
    if (!this.me) return html`<login-form @signed-in=${event => this.#start(event.detail)}></login-form>`;
    return html`
      <top-bar title="HMS-ACH operations" .me=${this.me} ?live=${this.live}></top-bar>
      <p class="message" role="status" id="operator-message">${this.message}</p>
      <main class="board">
        <section>${this.#modules()}${this.#outcomes()}</section>
        <section>${this.#day()}${this.#health()}</section>
      </main>`;
  }
}

customElements.define('operator-app', OperatorApp);
