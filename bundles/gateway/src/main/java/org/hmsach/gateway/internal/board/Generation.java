package org.hmsach.gateway.internal.board;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;

/**
 * One generation of a base path: a fixed set of resources and what serves them. Retired when a newer one took over,
 * destroyed when the last request has left.
 */
public final class Generation {
    /** What serves the requests of one generation. */
    public interface Endpoint {
        /** Answers one request. */
        void invoke(HttpServletRequest request, HttpServletResponse response) throws Exception;

        /** Frees it; nothing is in flight. */
        void destroy();
    }

    private final List<Resource> resources;
    private final Endpoint endpoint;
    private int inFlight;
    private boolean retired;
    private boolean dead;

    Generation(List<Resource> resources, Endpoint endpoint) {
        this.resources = List.copyOf(resources);
        this.endpoint = endpoint;
    }

    /** The resources, each name once. */
    public List<Resource> resources() {
        return resources;
    }

    /** Serves one request that has entered. */
    public void invoke(HttpServletRequest request, HttpServletResponse response) throws Exception {
        endpoint.invoke(request, response);
    }

    /** Takes a lease. @return false when the generation is retired: look for the newer one */
    public synchronized boolean enter() {
        if (retired) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Gives the lease back. */
    public synchronized void leave() {
        inFlight--;
        dieWhenEmpty();
    }

    synchronized void retire() {
        retired = true;
        dieWhenEmpty();
    }

    /** Waits until the last request has left. @return whether it has */
    synchronized boolean awaitEnd(Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!dead) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    private void dieWhenEmpty() {
        if (retired && inFlight == 0 && !dead) {
            dead = true;
            endpoint.destroy();
            notifyAll();
        }
    }
}
