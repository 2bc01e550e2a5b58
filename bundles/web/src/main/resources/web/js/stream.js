// The live stream of one session: reconnects with growing pauses and resumes after the last event seen.

const LONGEST_PAUSE_MS = 5000;

export class Stream extends EventTarget {
  #socket = null;
  #closed = false;
  #pauseMs = 250;
  #last = 0;
  #symbols = [];

  open() {
    const url = new URL('/stream', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => {
      this.#pauseMs = 250;
      this.#listen();
      this.#tell('state', true);
    };
    this.#socket.onmessage = message => this.#take(message.data);
    this.#socket.onclose = () => {
      this.#tell('state', false);
      if (!this.#closed) setTimeout(() => this.#closed || this.open(), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    };
  }

  /** Quotes of these symbols from now on. */
  watch(symbols) {
    const wanted = [...new Set(symbols)].sort();
    if (wanted.join() === this.#symbols.join()) return;
    this.#symbols = wanted;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#listen();
  }

  close() {
    this.#closed = true;
    this.#socket?.close();
  }

  #listen() {
    const data = { streams: ['trade_updates', 'portfolio', 'quotes'], symbols: this.#symbols };
    if (this.#last > 0) data.since = this.#last;
    this.#socket.send(JSON.stringify({ action: 'listen', data }));
  }

  async #take(data) {
    const message = JSON.parse(typeof data === 'string' ? data : await data.text());
    if (message.stream === 'trade_updates' && message.tape) this.#last = message.tape;
    if (message.stream) this.#tell(message.stream, message.data);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
