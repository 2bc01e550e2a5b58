package org.hmsach.core.internal.codec;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.hmsach.core.internal.sbe.*;

/** Snapshot rows as bytes and back. One instance for one thread. */
public final class SnapshotCodec {
    private final Out out = new Out();
    private final In in = new In();
    private final CommandCodec settings = new CommandCodec();

    /** Writes the row from offset 0. @return how many bytes */
    public int encode(Row row, MutableDirectBuffer into) {
        out.start(into);
        if (!writeState(row) && !writeLedger(row)) {
            throw new IllegalStateException(row.getClass().getName() + " has no codec");
        }
        return out.length();
    }

    /** Reads a row. @throws IllegalStateException when the bytes are no row: a damaged snapshot must not be used */
    public Row decode(DirectBuffer buffer, int offset, int length) {
        try {
            in.start(buffer, offset, length);
            Row row = read(in.template());
            in.finish();
            return row;
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("a snapshot row cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean writeState(Row row) {
        if (row instanceof Rows.Machine r) {
            StateRows.write(out, r);
        } else if (row instanceof Rows.Account r) {
            StateRows.write(out, r);
        } else if (row instanceof Rows.Position r) {
            StateRows.write(out, r);
        } else if (row instanceof Rows.OrderRow r) {
            StateRows.write(out, r);
        } else if (row instanceof Rows.Recent r) {
            StateRows.write(out, r);
        } else if (row instanceof Rows.Mark r) {
            StateRows.write(out, r);
        } else if (row instanceof Rows.TransferRow r) {
            BooksEvents.write(out, r.transfer());
        } else if (row instanceof Rows.Setting r) {
            settings.writeSetting(out, r.command());
        } else {
            return false;
        }
        return true;
    }

    private boolean writeLedger(Row row) {
        if (row instanceof Rows.Key r) {
            LedgerRows.write(out, r);
        } else if (row instanceof Rows.Venue r) {
            LedgerRows.write(out, r);
        } else if (row instanceof Rows.Execution r) {
            LedgerRows.write(out, r);
        } else if (row instanceof Rows.CauseTaken r) {
            LedgerRows.write(out, r);
        } else if (row instanceof Rows.Obligation r) {
            LedgerRows.write(out, r);
        } else if (row instanceof Rows.House r) {
            LedgerRows.write(out, r);
        } else {
            return false;
        }
        return true;
    }

    private Row read(int template) throws MalformedFrameException {
        return switch (template) {
            case MachineRowDecoder.TEMPLATE_ID -> StateRows.readMachine(in);
            case AccountRowDecoder.TEMPLATE_ID -> StateRows.readAccount(in);
            case PositionRowDecoder.TEMPLATE_ID -> StateRows.readPosition(in);
            case OrderRowDecoder.TEMPLATE_ID -> StateRows.readOrder(in);
            case RecentRowDecoder.TEMPLATE_ID -> StateRows.readRecent(in);
            case MarkedDecoder.TEMPLATE_ID -> StateRows.readMark(in);
            case TransferPartDecoder.TEMPLATE_ID -> new Rows.TransferRow(BooksEvents.readTransfer(in));
            case KeyRowDecoder.TEMPLATE_ID -> LedgerRows.readKey(in);
            case VenueRowDecoder.TEMPLATE_ID -> LedgerRows.readVenue(in);
            case ExecutionRowDecoder.TEMPLATE_ID -> LedgerRows.readExecution(in);
            case CauseRowDecoder.TEMPLATE_ID -> LedgerRows.readCause(in);
            case ObligationRowDecoder.TEMPLATE_ID -> LedgerRows.readObligation(in);
            case HouseRowDecoder.TEMPLATE_ID -> LedgerRows.readHouse(in);
            default -> new Rows.Setting(settings.readSetting(in, template));
        };
    }
}
