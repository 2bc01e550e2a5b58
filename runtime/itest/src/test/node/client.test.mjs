// The unmodified npm client against a running server. Configuration by environment:
//   HMS_URL (http://127.0.0.1:PORT), HMS_KEY_ID, HMS_SECRET, optional HMS_SYMBOL, HMS_WAIT_MS (default 15000).
// Prints one JSON line per step and a last one {"step":"summary",...}; exits 0 only if every step passed, 2 if misconfigured.
import assert from "node:assert/strict";
import net from "node:net";
import { errors, streaming, trading } from "@alpacahq/alpaca-trade-api";

const { HMS_URL, HMS_KEY_ID, HMS_SECRET, HMS_SYMBOL } = process.env;
const WAIT_MS = Number(process.env.HMS_WAIT_MS ?? 15000);
const DECIMAL = /^-?\d+(\.\d+)?$/;
const FINAL = new Set(["filled", "canceled", "expired", "rejected", "replaced"]);

if (!HMS_URL || !HMS_KEY_ID || !HMS_SECRET || !globalThis.__loopbackGuard) {
    console.error("need HMS_URL, HMS_KEY_ID, HMS_SECRET and node --import ./guard.mjs");
    process.exit(2);
}

const configuration = (secret) => new trading.Configuration({ basePath: HMS_URL.replace(/\/+$/, ""), keyId: HMS_KEY_ID, secret });
const api = (Kind, secret = HMS_SECRET) => new Kind(configuration(secret));
const accounts = api(trading.AccountsApi);
const assets = api(trading.AssetsApi);
const orders = api(trading.OrdersApi);
const positions = api(trading.PositionsApi);
const activities = api(trading.AccountActivitiesApi);
const run = Date.now().toString(36);
let failed = 0;
let passed = 0;

async function step(name, work) {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    try {
        const detail = await work();
        passed += 1;
        console.log(JSON.stringify({ step: name, ok: true, ms: ms(), ...(detail ?? {}) }));
    } catch (error) {
        failed += 1;
        const where = { status: error.status, code: error.code, requestId: error.requestId };
        console.log(JSON.stringify({ step: name, ok: false, ms: ms(), error: `${error.name}: ${error.message}`, ...where }));
    }
}

async function until(what, probe) {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
        const found = await probe();
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`waited ${WAIT_MS} ms for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

async function refusal(Kind, status, call) {
    const error = await call().then(() => undefined, (thrown) => thrown);
    assert.ok(error instanceof Kind, `expected ${Kind.name}, got ${error?.name ?? "no error"} ${error?.message ?? ""}`);
    assert.equal(error.status, status);
    assert.ok(error.code !== undefined && String(error.code).length > 0, "no dialect code");
    assert.ok(error.message, "no message");
    assert.ok(error.requestId, "no request id");
    return { status, code: error.code, message: error.message };
}

const cents = (text) => Math.round(Number(text) * 100);
const price = (minor) => (minor / 100).toFixed(2);
const request = (fields) => ({ postOrderRequest: { symbol, timeInForce: "day", ...fields } });
const updates = [];
const update = (event, id) => updates.find((u) => u.event === event && (u.order.id === id || u.order.replaces === id));
const seen = (event, id) => until(`trade_updates ${event}`, () => update(event, id));
const finished = (id) => until("a final order", async () => {
    const order = await orders.getOrderByOrderID({ orderId: id });
    return FINAL.has(order.status) && order;
});

let symbol = HMS_SYMBOL;
let bought;
let lastCents;
let stream;

await step("guard refuses what is not loopback", async () => {
    assert.throws(() => net.connect(9, "192.0.2.1"), /GUARD/);
    await assert.rejects(fetch("http://broker.invalid/"), (error) => /GUARD/.test(String(error.cause ?? error)));
});

await step("account", async () => {
    const account = await accounts.getAccount();
    assert.ok(account.id);
    assert.equal(account.status, "ACTIVE");
    for (const name of ["cash", "buyingPower", "equity", "portfolioValue", "lastEquity", "longMarketValue"]) {
        assert.match(account[name], DECIMAL, name);
    }
    return { id: account.id, cash: account.cash, equity: account.equity };
});

await step("a wrong secret is refused", () =>
    refusal(errors.AuthError, 401, () => api(trading.AccountsApi, "x".repeat(43)).getAccount()));

await step("assets", async () => {
    const list = await assets.getV2Assets({ status: "active", assetClass: "us_equity" });
    assert.ok(list.length > 0, "no assets");
    symbol ??= (list.find((asset) => asset.symbol === "SPY" && asset.tradable) ?? list.find((asset) => asset.tradable)).symbol;
    const one = await assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: symbol });
    assert.equal(one.symbol, symbol);
    assert.equal((await assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: one.id })).symbol, symbol);
    return { count: list.length, symbol };
});

await step("an unknown asset is 404", () =>
    refusal(errors.NotFoundError, 404, () => assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: "NOSUCHX" })));

await step("clock", async () => {
    const clock = await api(trading.ClockApi).legacyClock();
    assert.equal(typeof clock.isOpen, "boolean");
    assert.ok([clock.timestamp, clock.nextOpen, clock.nextClose].every((at) => !Number.isNaN(at.getTime())));
    return { isOpen: clock.isOpen, timestamp: clock.timestamp };
});

await step("calendar: 251 sessions in 2026, early close on 27 November", async () => {
    const range = { start: new Date("2026-01-01T00:00:00Z"), end: new Date("2026-12-31T00:00:00Z") };
    const days = await api(trading.CalendarApi).legacyCalendar(range);
    assert.equal(days.length, 251);
    assert.equal(days.find((day) => day.date.toISOString().startsWith("2026-11-27")).close, "13:00");
});

await step("orders, positions, activities and history can be read", async () => {
    const list = await orders.getAllOrders({ status: "all", limit: 50, direction: "desc" });
    const held = await positions.getAllOpenPositions();
    const done = await activities.getAccountActivities({ pageSize: 50 });
    const history = await api(trading.PortfolioHistoryApi).getAccountPortfolioHistory({ period: "1M", timeframe: "1D" });
    assert.ok([list, held, done].every(Array.isArray));
    assert.ok(Array.isArray(history.timestamp) && history.equity.length === history.timestamp.length);
    return { orders: list.length, positions: held.length, activities: done.length, points: history.timestamp.length };
});

await step("the stream accepts the key and listens", async () => {
    const url = `${HMS_URL.replace(/^http/, "ws").replace(/\/+$/, "")}/stream`;
    stream = new streaming.TradingStream({ credentials: { keyId: HMS_KEY_ID, secret: HMS_SECRET }, url, reconnect: false });
    const listening = new Promise((resolve) => stream.on(streaming.EVENT.SUBSCRIPTION, resolve));
    stream.on(streaming.EVENT.CLIENT_ERROR, (error) => console.error(`stream: ${error}`));
    stream.onTradeUpdate((u) => updates.push(u));
    stream.subscribeTradeUpdates();
    stream.connect();
    assert.ok(await stream.waitForAuthentication(WAIT_MS), "not authorised");
    assert.deepEqual(await listening, ["trade_updates"]);
});

await step("the stream refuses a wrong secret", async () => {
    const url = `${HMS_URL.replace(/^http/, "ws").replace(/\/+$/, "")}/stream`;
    const forged = new streaming.TradingStream({ credentials: { keyId: HMS_KEY_ID, secret: "x".repeat(43) }, url, reconnect: false });
    forged.on(streaming.EVENT.CLIENT_ERROR, () => {});
    forged.connect();
    assert.equal((await forged.waitForAuthenticationResult(WAIT_MS)).status, streaming.STREAM_AUTH_STATUS.SERVER_REJECTED);
    forged.disconnect();
});

await step("a market buy fills and the stream tells it", async () => {
    const placed = await orders.postOrder(request({ side: "buy", type: "market", qty: "2", clientOrderId: `npm-${run}-buy` }));
    assert.ok(placed.id);
    await until("fill", () => update("fill", placed.id));
    bought = await finished(placed.id);
    assert.equal(bought.status, "filled");
    assert.equal(bought.filledQty, "2");
    lastCents = cents(bought.filledAvgPrice);
    const fill = update("fill", placed.id);
    assert.ok(fill.executionId && DECIMAL.test(fill.price) && DECIMAL.test(fill.qty) && DECIMAL.test(fill.positionQty));
    return { id: placed.id, price: bought.filledAvgPrice, events: updates.filter((u) => u.order.id === placed.id).map((u) => u.event) };
});

await step("the order is found by client id and in the list", async () => {
    const found = await orders.getOrderByClientOrderId({ clientOrderId: `npm-${run}-buy` });
    assert.equal(found.id, bought.id);
    await until("the order among the closed ones", async () =>
        (await orders.getAllOrders({ status: "closed", symbols: symbol })).some((order) => order.id === bought.id));
});

await step("the position is held", async () => {
    const position = await positions.getOpenPosition({ symbolOrAssetId: symbol });
    assert.equal(position.symbol, symbol);
    for (const name of ["qty", "avgEntryPrice", "marketValue", "costBasis", "currentPrice", "unrealizedPl"]) {
        assert.match(position[name], DECIMAL, name);
    }
    return { qty: position.qty, value: position.marketValue };
});

await step("the same client id and body gives the first order again, another body is refused", async () => {
    const fields = { side: "buy", type: "market", qty: "2", clientOrderId: `npm-${run}-buy` };
    assert.equal((await orders.postOrder(request(fields))).id, bought.id);
    return refusal(errors.ValidationError, 422, () => orders.postOrder(request({ ...fields, qty: "3" })));
});

await step("a resting limit order is listed, replaced and canceled", async () => {
    const limit = price(Math.floor(lastCents * 0.97));
    const lower = price(Math.floor(lastCents * 0.96));
    const first = await orders.postOrder(
        request({ side: "buy", type: "limit", qty: "1", limitPrice: limit, timeInForce: "gtc", clientOrderId: `npm-${run}-rest` }));
    await seen("new", first.id);
    assert.ok((await orders.getAllOrders({ status: "open" })).some((order) => order.id === first.id));
    const next = await orders.patchOrderByOrderId({ orderId: first.id, patchOrderRequest: { limitPrice: lower, qty: "2" } });
    assert.equal(next.replaces, first.id);
    await until("replaced", () => updates.find((u) => u.event === "replaced" && u.order.id === first.id));
    assert.equal((await orders.getOrderByOrderID({ orderId: first.id })).status, "replaced");
    const working = await until("the new order to work", async () => {
        const order = await orders.getOrderByOrderID({ orderId: next.id });
        return order.status === "new" && order;
    });
    assert.equal(cents(working.limitPrice), cents(lower));
    await orders.deleteOrderByOrderID({ orderId: next.id });
    await seen("canceled", next.id);
    assert.equal((await finished(next.id)).status, "canceled");
    return refusal(errors.ValidationError, 422, () => orders.deleteOrderByOrderID({ orderId: next.id }));
});

await step("cancel all", async () => {
    const limit = price(Math.floor(lastCents * 0.97));
    const ids = [];
    for (const n of [1, 2]) {
        const order = await orders.postOrder(
            request({ side: "buy", type: "limit", qty: String(n), limitPrice: limit, clientOrderId: `npm-${run}-all${n}` }));
        ids.push(order.id);
    }
    for (const id of ids) await seen("new", id);
    const answer = await orders.deleteAllOrders();
    assert.ok(ids.every((id) => answer.some((row) => row.id === id && row.status === 200)), JSON.stringify(answer));
    for (const id of ids) assert.equal((await finished(id)).status, "canceled");
});

await step("a sell fills and the activity shows both", async () => {
    const sold = await orders.postOrder(request({ side: "sell", type: "market", qty: "1", clientOrderId: `npm-${run}-sell` }));
    assert.equal((await finished(sold.id)).status, "filled");
    await until("activities", async () => {
        const fills = await activities.getAccountActivities({ activityTypes: ["FILL"] });
        return [bought.id, sold.id].every((id) => fills.some((fill) => fill.orderId === id));
    });
    // the client reads this path as if it had no fills, so only the ids can be compared
    const ofType = await activities.getAccountActivitiesByActivityType({ activityType: "FILL" });
    assert.ok(ofType.length >= 2 && ofType.every((fill) => fill.id && fill.activityType === "FILL"));
});

await step("bad input is refused: unknown symbol", () =>
    refusal(errors.ValidationError, 422, () =>
        orders.postOrder({ postOrderRequest: { symbol: "NOSUCHX", side: "buy", type: "market", qty: "1", timeInForce: "day" } })));

await step("bad input is refused: zero, negative, over-precise, not a number", async () => {
    for (const qty of ["0", "-1", "1.1234567891", "NaN", ""]) {
        await refusal(errors.ValidationError, 422, () => orders.postOrder(request({ side: "buy", type: "market", qty })));
    }
});

await step("an unaffordable order is refused", async () => {
    const call = () => orders.postOrder(
        request({ side: "buy", type: "limit", qty: "9000000", limitPrice: price(lastCents), clientOrderId: `npm-${run}-big` }));
    const error = await call().then(() => undefined, (thrown) => thrown);
    assert.ok([403, 422].includes(error?.status), `status ${error?.status}`);
    return { status: error.status, code: error.code, message: error.message };
});

await step("an unknown order is 404", () =>
    refusal(errors.NotFoundError, 404, () => orders.getOrderByOrderID({ orderId: "00000000-0000-8000-8000-000000000000" })));

stream?.disconnect();
console.log(JSON.stringify({ step: "summary", ok: failed === 0, passed, failed }));
process.exit(failed === 0 ? 0 : 1);
