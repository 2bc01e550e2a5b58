package org.hmsach.core.internal.codec;

import java.time.DateTimeException;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.core.internal.sbe.*;

/** Commands as bytes and back. One instance for one thread. */
public final class CommandCodec {
    /** What bytes turned out to be: exactly one of the two is present. */
    public interface Reader {
        /** The bytes are a command. */
        void command(Decoded decoded);

        /** The bytes are no command that this version knows. */
        void refused(Refused refusal);
    }

    private final Out out;
    private final In in;

    public CommandCodec() {
        this(new Out(), new In());
    }

    private CommandCodec(Out out, In in) {
        this.out = out;
        this.in = in;
    }

    /**
     * Writes the command from offset 0.
     *
     * @return how many bytes
     * @throws IllegalArgumentException when the command is not one of ours or a text or list in it is too long
     */
    public int encode(Command command, Origin origin, ExpandableArrayBuffer into) {
        try {
            out.start(into);
            Envelopes.write(out, origin, 0);
            if (!writeOrders(command) && !writeBooks(command) && !writeRules(command) && !writeBookkeeping(command)) {
                throw new IllegalArgumentException(command.getClass().getName() + " is no command of the core");
            }
            return out.length();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("the command is too long: " + e.getMessage(), e);
        }
    }

    /** Reads a command; whatever the bytes are, the reader is called once and nothing is thrown. */
    public void decode(DirectBuffer buffer, int offset, int length, Reader reader) {
        Decoded decoded;
        try {
            in.start(buffer, offset, length);
            Origin origin = Envelopes.read(in).origin();
            int bodyFrom = in.at();
            decoded = new Decoded(origin, read(in.template()), bodyFrom);
            in.finish();
        } catch (MalformedFrameException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | IllegalStateException
                | DateTimeException
                | ArithmeticException e) {
            String why = String.valueOf(e.getMessage());
            reader.refused(Refused.of(
                    Reason.INVALID, "command", "no valid command: " + why.substring(0, Math.min(300, why.length()))));
            return;
        } catch (UnknownTemplateException e) {
            reader.refused(Refused.of(Reason.UNSUPPORTED, "command", e.getMessage()));
            return;
        }
        reader.command(decoded);
    }

    /** Writes a command without its envelope, as a snapshot row. */
    void writeSetting(Out into, Command command) {
        CommandCodec writer = new CommandCodec(into, in);
        if (!writer.writeRules(command) && !writer.writeBookkeeping(command)) {
            throw new IllegalStateException(command.getClass().getName() + " is no setting");
        }
    }

    /** Reads what {@link #writeSetting} wrote. */
    Command readSetting(In from, int template) throws MalformedFrameException {
        try {
            return new CommandCodec(out, from).read(template);
        } catch (UnknownTemplateException e) {
            throw new MalformedFrameException(e.getMessage());
        }
    }

    private boolean writeOrders(Command command) {
        if (command instanceof Commands.PlaceOrder c) {
            OrderCommands.write(out, c);
        } else if (command instanceof Commands.CancelOrder c) {
            OrderCommands.write(out, c);
        } else if (command instanceof Commands.ReplaceOrder c) {
            OrderCommands.write(out, c);
        } else if (command instanceof Commands.OpenVenue c) {
            OrderCommands.write(out, c);
        } else if (command instanceof Commands.ReportFill c) {
            OrderCommands.write(out, c);
        } else if (command instanceof Commands.ReportTrade c) {
            OrderCommands.write(out, c);
        } else if (command instanceof Commands.ReportOrder c) {
            OrderCommands.write(out, c);
        } else {
            return false;
        }
        return true;
    }

    private boolean writeBooks(Command command) {
        if (command instanceof Commands.BookFee c) {
            BooksCommands.write(out, c);
        } else if (command instanceof Commands.Settle c) {
            BooksCommands.write(out, c);
        } else if (command instanceof Commands.RecordMarks c) {
            BooksCommands.write(out, c);
        } else if (command instanceof Commands.OpenBusinessDate c) {
            BooksCommands.write(out, c);
        } else if (command instanceof Commands.CloseSession c) {
            BooksCommands.write(out, c);
        } else if (command instanceof Commands.RequestTransfer c) {
            BooksCommands.write(out, c);
        } else if (command instanceof Commands.UpdateTransfer c) {
            BooksCommands.write(out, c);
        } else if (command instanceof Commands.OpenAccount c) {
            BooksCommands.write(out, c);
        } else {
            return false;
        }
        return true;
    }

    private boolean writeRules(Command command) {
        if (command instanceof Commands.GrantAccess c) {
            RuleCommands.writeAccess(out, c.principal(), c.account(), Optional.of(c.role()));
        } else if (command instanceof Commands.RevokeAccess c) {
            RuleCommands.writeAccess(out, c.principal(), c.account(), Optional.empty());
        } else if (command instanceof Commands.RevokeKey c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.DefineInstrument c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.SetInstrumentStatus c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.SetLimits c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.SetRestriction c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.SetKillSwitch c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.SetRequiredRules c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.ActivatePolicy c) {
            RuleCommands.write(out, c);
        } else {
            return false;
        }
        return true;
    }

    private boolean writeBookkeeping(Command command) {
        if (command instanceof Commands.Progress c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.ActivateMachineVersion c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Commands.RecordNote c) {
            RuleCommands.write(out, c);
        } else if (command instanceof VersionActivation c) {
            RuleCommands.write(out, c);
        } else if (command instanceof Genesis c) {
            RuleCommands.write(out, c);
        } else {
            return false;
        }
        return true;
    }

    private Command read(int template) throws MalformedFrameException, UnknownTemplateException {
        return switch (template) {
            case PlaceOrderDecoder.TEMPLATE_ID -> OrderCommands.readPlace(in);
            case CancelOrderDecoder.TEMPLATE_ID -> OrderCommands.readCancel(in);
            case ReplaceOrderDecoder.TEMPLATE_ID -> OrderCommands.readReplace(in);
            case VenueDecoder.TEMPLATE_ID -> OrderCommands.readVenue(in);
            case ReportFillDecoder.TEMPLATE_ID -> OrderCommands.readFill(in);
            case ReportTradeDecoder.TEMPLATE_ID -> OrderCommands.readTrade(in);
            case ReportOrderDecoder.TEMPLATE_ID -> OrderCommands.readReport(in);
            case BookFeeDecoder.TEMPLATE_ID -> BooksCommands.readFee(in);
            case SettleDecoder.TEMPLATE_ID -> BooksCommands.readSettle(in);
            case RecordMarksDecoder.TEMPLATE_ID -> BooksCommands.readMarks(in);
            case OpenBusinessDateDecoder.TEMPLATE_ID -> BooksCommands.readOpenDate(in);
            case CloseSessionDecoder.TEMPLATE_ID -> BooksCommands.readCloseSession(in);
            case RequestTransferDecoder.TEMPLATE_ID -> BooksCommands.readRequestTransfer(in);
            case UpdateTransferDecoder.TEMPLATE_ID -> BooksCommands.readUpdateTransfer(in);
            case OpenAccountDecoder.TEMPLATE_ID -> BooksCommands.readOpenAccount(in);
            case AccessDecoder.TEMPLATE_ID -> RuleCommands.readAccess(in);
            case KeyVoidDecoder.TEMPLATE_ID -> RuleCommands.readKey(in);
            case InstrumentBodyDecoder.TEMPLATE_ID -> RuleCommands.readInstrument(in);
            case InstrumentStateDecoder.TEMPLATE_ID -> RuleCommands.readInstrumentStatus(in);
            case LimitsBodyDecoder.TEMPLATE_ID -> RuleCommands.readLimits(in);
            case RestrictionDecoder.TEMPLATE_ID -> RuleCommands.readRestriction(in);
            case KillSwitchDecoder.TEMPLATE_ID -> RuleCommands.readKillSwitch(in);
            case RequiredRulesDecoder.TEMPLATE_ID -> RuleCommands.readRules(in);
            case PolicyDecoder.TEMPLATE_ID -> RuleCommands.readPolicy(in);
            case ModuleProgressDecoder.TEMPLATE_ID -> RuleCommands.readProgress(in);
            case MachineVersionDecoder.TEMPLATE_ID -> RuleCommands.readMachineVersion(in);
            case VersionStepDecoder.TEMPLATE_ID -> RuleCommands.readVersionActivation(in);
            case NoteDecoder.TEMPLATE_ID -> RuleCommands.readNote(in);
            case GenesisBodyDecoder.TEMPLATE_ID -> RuleCommands.readGenesis(in);
            default -> throw new UnknownTemplateException("message " + template + " is no command of this version");
        };
    }

    /** A message that a newer version may know. */
    private static final class UnknownTemplateException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownTemplateException(String message) {
            super(message);
        }
    }
}
