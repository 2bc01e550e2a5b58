package org.hmsach.bench.book;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.IOrder;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import java.util.stream.Stream;
import org.hmsach.bench.run.Contender;
import org.hmsach.bench.run.WordHash;

/** exchange-core's Direct book, driven through one command object that is used again, as its engine does. */
final class ExchangeCoreContender implements Contender {
    private static final CoreSymbolSpecification SYMBOL = CoreSymbolSpecification.builder()
            .symbolId(1)
            .type(SymbolType.FUTURES_CONTRACT)
            .baseCurrency(1)
            .quoteCurrency(2)
            .baseScaleK(1)
            .quoteScaleK(1)
            .build();
    private static final long ANY_PRICE = Long.MAX_VALUE;

    private final OrderStream stream;
    private final OrderCommand command = new OrderCommand();
    private IOrderBook book;
    private WordHash trades = new WordHash();
    private long canceled;

    ExchangeCoreContender(OrderStream stream) {
        this.stream = stream;
    }

    @Override
    public String name() {
        return "exchange-core Direct";
    }

    @Override
    public void prepare() {
        book = new OrderBookDirectImpl(
                SYMBOL,
                ObjectsPool.createDefaultTestPool(),
                OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
                LoggingConfiguration.DEFAULT);
        trades = new WordHash();
        canceled = 0;
    }

    @Override
    public long run() {
        int size = stream.size();
        for (int i = 0; i < size; i++) {
            command.orderId = stream.ids[i];
            command.uid = stream.users[i];
            command.price = stream.prices[i];
            command.size = stream.quantities[i];
            command.matcherEvent = null;
            step(i);
            read(i);
        }
        return size;
    }

    private void step(int i) {
        switch (stream.kinds[i]) {
            case OrderStream.PLACE -> {
                command.command = OrderCommandType.PLACE_ORDER;
                command.action = stream.buys[i] ? OrderAction.BID : OrderAction.ASK;
                command.orderType = type(stream.terms[i]);
                command.reserveBidPrice = ANY_PRICE;
                book.newOrder(command);
            }
            case OrderStream.CANCEL -> {
                command.command = OrderCommandType.CANCEL_ORDER;
                book.cancelOrder(command);
            }
            case OrderStream.MODIFY -> {
                if (book.cancelOrder(command) == CommandResultCode.SUCCESS) {
                    command.command = OrderCommandType.PLACE_ORDER;
                    command.matcherEvent = null;
                    command.orderType = OrderType.GTC;
                    command.reserveBidPrice = ANY_PRICE;
                    book.newOrder(command);
                }
            }
            case OrderStream.MOVE -> {
                command.command = OrderCommandType.MOVE_ORDER;
                book.moveOrder(command);
            }
            default -> {
                command.command = OrderCommandType.REDUCE_ORDER;
                book.reduceOrder(command);
            }
        }
    }

    private static OrderType type(byte terms) {
        return switch (terms) {
            case OrderStream.RESTS -> OrderType.GTC;
            case OrderStream.IOC -> OrderType.IOC;
            default -> OrderType.FOK_BUDGET;
        };
    }

    private void read(int i) {
        boolean left = stream.kinds[i] != OrderStream.REDUCE;
        for (MatcherTradeEvent event = command.matcherEvent; event != null; event = event.nextEvent) {
            if (event.eventType == MatcherEventType.TRADE) {
                trades.add(i);
                trades.add(command.orderId);
                trades.add(event.matchedOrderId);
                trades.add(event.price);
                trades.add(event.size);
            } else if (left || event.activeOrderCompleted) {
                canceled += command.orderId * 31 + event.size;
            }
        }
    }

    @Override
    public long digest() {
        WordHash hash = new WordHash();
        hash.add(trades.value());
        hash.add(canceled);
        add(hash, book.bidOrdersStream(true));
        add(hash, book.askOrdersStream(true));
        return hash.value();
    }

    private static void add(WordHash hash, Stream<? extends IOrder> orders) {
        orders.forEachOrdered(order -> {
            hash.add(order.getPrice());
            hash.add(order.getOrderId());
            hash.add(order.getSize() - order.getFilled());
        });
    }
}
