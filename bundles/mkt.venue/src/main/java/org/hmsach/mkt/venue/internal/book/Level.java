package org.hmsach.mkt.venue.internal.book;

/** One price of one side: a doubly linked queue whose links are the orders themselves. */
final class Level {
    final long price;
    long quantity;
    Node first;
    Node last;

    Level(long price) {
        this.price = price;
    }

    boolean isEmpty() {
        return first == null;
    }

    void append(Node node) {
        node.level = this;
        node.previous = last;
        if (last == null) {
            first = node;
        } else {
            last.next = node;
        }
        last = node;
        quantity += node.open;
    }

    void take(Node node, long taken) {
        node.open -= taken;
        quantity -= taken;
    }

    void remove(Node node) {
        quantity -= node.open;
        if (node.previous == null) {
            first = node.next;
        } else {
            node.previous.next = node.next;
        }
        if (node.next == null) {
            last = node.previous;
        } else {
            node.next.previous = node.previous;
        }
        node.previous = null;
        node.next = null;
    }

    static final class Node {
        final long id;
        final BookSide side;
        long open;
        Level level;
        Node previous;
        Node next;

        Node(long id, BookSide side, long open) {
            this.id = id;
            this.side = side;
            this.open = open;
        }

        RestingOrder view() {
            return new RestingOrder(id, side, level.price, open);
        }
    }
}
