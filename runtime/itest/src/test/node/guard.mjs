// Loaded before everything else (node --import): any attempt to reach an address that is not loopback throws,
// before a name is looked up or a packet leaves. The client dials its vendor when it is built wrongly; a test must not.
import dns from "node:dns";
import net from "node:net";
import tls from "node:tls";
import dgram from "node:dgram";
import { syncBuiltinESMExports } from "node:module";

const isLoopback = (host) =>
    host === undefined || host === null || host === "" || host === "localhost" || host === "::1" || host === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

function check(host, how) {
    if (!isLoopback(host)) {
        throw new Error(`GUARD: ${how} to ${host} refused, only loopback is allowed`);
    }
}

function hostOf(args) {
    // net accepts (options), (path), (port, host), and an already normalised [options, callback] array
    const first = Array.isArray(args[0]) ? args[0][0] : args[0];
    if (first !== null && typeof first === "object") {
        return first.path ? undefined : first.host;
    }
    return typeof args[1] === "string" ? args[1] : undefined;
}

const socketConnect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connect(...args) {
    check(hostOf(args), "connect");
    return socketConnect.apply(this, args);
};

const tlsConnect = tls.connect;
tls.connect = function connect(...args) {
    check(hostOf(args), "tls connect");
    return tlsConnect.apply(this, args);
};

for (const owner of [dns, dns.promises]) {
    for (const name of Object.keys(owner).filter((key) => /^(lookup|resolve)/.test(key) && typeof owner[key] === "function")) {
        const original = owner[name];
        owner[name] = function guarded(host, ...rest) {
            check(host, `dns.${name}`);
            return original.call(this, host, ...rest);
        };
    }
}

for (const name of ["send", "connect"]) {
    dgram.Socket.prototype[name] = function refused() {
        throw new Error("GUARD: datagrams are refused");
    };
}

syncBuiltinESMExports();
globalThis.__loopbackGuard = check;
