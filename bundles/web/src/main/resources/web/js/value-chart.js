import { html } from 'lit';
import uPlot from 'uplot';
import { PageElement } from './element.js';
import { get } from './api.js';

const RANGES = {
  '1D': 'period=1D&timeframe=1Min',
  '1W': 'period=1W&timeframe=1H',
  '1M': 'period=1M&timeframe=1D',
  '1Y': 'period=1A&timeframe=1D',
};
const REFRESH_MS = 15000;
const HEIGHT = 200;
/** Seconds shown before a single point. */
const ALONE_S = 300;

/** Both ends of an axis: a little room around the values, and `least` around a single one. */
function room(min, max, least) {
  if (min === null || max === null) return [0, 1];
  return max - min < least ? [min - least, max + least] : [min - (max - min) / 20, max + (max - min) / 20];
}

const DAY_S = 86400;
const pattern = options => new Intl.DateTimeFormat('en-GB', options);
const seconds = pattern({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minutes = pattern({ hour: '2-digit', minute: '2-digit' });
const days = pattern({ day: 'numeric', month: 'short' });

/** What stands at the marks of the time axis: as fine as the marks are apart. */
function moments(_, marks, __, ___, apartS) {
  const shown = apartS < 60 ? seconds : apartS < DAY_S ? minutes : days;
  return marks.map(mark => shown.format(mark * 1000));
}

/** Value of the account over time; the last point moves with the live value. */
class ValueChart extends PageElement {
  static properties = { range: { state: true }, live: {}, message: { state: true } };

  constructor() {
    super();
    this.range = '1D';
    this.message = '';
    this.points = [[], []];
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.#load(), REFRESH_MS);
    this.resized = new ResizeObserver(() => this.plot?.setSize({ width: this.#width(), height: HEIGHT }));
    this.resized.observe(this);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.resized.disconnect();
    this.plot?.destroy();
  }

  updated(changed) {
    if (changed.has('live')) this.#draw();
  }

  async #load() {
    try {
      const history = await get(`/v2/account/portfolio/history?${RANGES[this.range]}`);
      this.points = [history.timestamp, history.equity.map(Number)];
      this.message = '';
    } catch (problem) {
      this.message = problem.message;
    }
    this.#draw();
  }

  #choose(range) {
    this.range = range;
    this.#load();
  }

  #width() {
    return Math.max(200, this.querySelector('.chart')?.clientWidth ?? 200);
  }

  #draw() {
    const box = this.querySelector('.chart');
    if (!box) return;
    const times = [...this.points[0]];
    const values = [...this.points[1]];
    if (this.live !== undefined) {
      times.push(Math.max(Math.floor(Date.now() / 1000), (times.at(-1) ?? 0) + 1));
      values.push(Number(this.live));
    }
    if (times.length === 1) {
      // an axis needs two ends: an empty one before the only point
      times.unshift(times[0] - ALONE_S);
      values.unshift(null);
    }
    if (this.plot) this.plot.setData([times, values]);
    else this.plot = new uPlot(this.#options(), [times, values], box);
  }

  #options() {
    const style = getComputedStyle(document.documentElement);
    const axis = { stroke: style.getPropertyValue('--pico-muted-color'), grid: { stroke: '#8884', width: 1 } };
    return {
      width: this.#width(),
      height: HEIGHT,
      legend: { show: false },
      scales: { x: { range: (_, min, max) => room(min, max, ALONE_S) }, y: { range: (_, min, max) => room(min, max, Math.abs(max) / 200 + 1) } },
      series: [{}, { stroke: '#0f7bd0', width: 2, fill: '#0f7bd022', points: { show: plot => plot.data[0].length <= 2 } }],
      axes: [{ ...axis, values: moments, space: 70 }, { ...axis, size: 90 }],
    };
  }

  render() {
    return html`
      <article>
        <div class="ranges" role="group" aria-label="Range">
          ${Object.keys(RANGES).map(range => html`
            <button class=${range === this.range ? '' : 'secondary outline'} aria-pressed=${range === this.range}
              @click=${() => this.#choose(range)}>${range}</button>`)}
        </div>
        <h2>Value</h2>
        <div class="chart" role="img" aria-label="Value of the account over time"></div>
        <p class="quiet" role="status">${this.message}</p>
      </article>`;
  }
}

customElements.define('value-chart', ValueChart);
