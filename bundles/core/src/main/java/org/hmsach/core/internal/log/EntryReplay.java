package org.hmsach.core.internal.log;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.codecs.MessageHeaderDecoder;
import io.aeron.cluster.codecs.SessionMessageHeaderDecoder;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.StateMachine;

/** Applies the messages of a recorded log to a second machine: its entries, and the tape it would write. */
final class EntryReplay {
    private final StateMachine<?> machine;
    private final Consumer<TapeEvent> events;
    private final EntryCount count = new EntryCount();
    private final ChainHash chain = new ChainHash();
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final SessionMessageHeaderDecoder sessionHeader = new SessionMessageHeaderDecoder();
    private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer();
    private long lastEvent;
    private int index;

    /** @param events told each event the machine emits */
    EntryReplay(StateMachine<?> machine, Consumer<TapeEvent> events) {
        this.machine = machine;
        this.events = events;
    }

    /** Goes on from a snapshot that the machine has loaded. */
    void restore(SnapshotHead head, ClientSequences clients) {
        count.restore(head.entries(), head.timeMs());
        clients.all().forEach(count.clients()::put);
        chain.continueFrom(head.chainHash());
        lastEvent = head.events();
    }

    /** Takes one message of the log; true when it was an entry and the machine applied it. */
    boolean onMessage(DirectBuffer buffer, int offset, int length) {
        messageHeader.wrap(buffer, offset);
        if (messageHeader.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || messageHeader.templateId() != SessionMessageHeaderDecoder.TEMPLATE_ID) {
            return false;
        }
        sessionHeader.wrap(
                buffer,
                offset + MessageHeaderDecoder.ENCODED_LENGTH,
                messageHeader.blockLength(),
                messageHeader.version());
        int at = offset + AeronCluster.SESSION_HEADER_LENGTH;
        int size = length - AeronCluster.SESSION_HEADER_LENGTH;
        copy.putBytes(0, buffer, at, size);
        Optional<Entry> taken = count.take(copy, 0, size, sessionHeader.timestamp());
        taken.ifPresent(this::apply);
        return taken.isPresent();
    }

    private void apply(Entry entry) {
        index = 0;
        machine.apply(entry, (event, eventAt, eventLength) -> {
            byte[] payload = new byte[eventLength];
            event.getBytes(eventAt, payload);
            TapeEvent.EventPlace place = new TapeEvent.EventPlace(entry.number(), entry.timeMs(), index++);
            events.accept(TapeEvent.make(++lastEvent, place, payload, chain));
        });
    }

    long entries() {
        return count.entries();
    }

    long lastEvent() {
        return lastEvent;
    }

    String chainHex() {
        return chain.hex();
    }
}
