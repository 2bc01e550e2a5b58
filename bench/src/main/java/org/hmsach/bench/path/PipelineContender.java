package org.hmsach.bench.path;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.api.ApiAddUser;
import exchange.core2.core.common.api.ApiAdjustUserBalance;
import exchange.core2.core.common.api.ApiCancelOrder;
import exchange.core2.core.common.api.ApiCommand;
import exchange.core2.core.common.api.ApiPlaceOrder;
import exchange.core2.core.common.api.binary.BatchAddSymbolsCommand;
import exchange.core2.core.common.api.reports.SingleUserReportQuery;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.common.config.OrdersProcessingConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.ReportsQueriesConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.collections.impl.map.mutable.primitive.IntLongHashMap;
import org.hmsach.bench.run.Contender;
import org.hmsach.bench.run.WordHash;

/** exchange-core's whole pipeline: grouping, risk, matching, settlement, results; one engine of each, yielding. */
final class PipelineContender implements Contender {
    private static final int SYMBOL = 1;
    private static final int UNITS = 2;
    private static final int CENTS = 1;

    private final ApiCommand[] commands;
    private ExchangeCore core;
    private ExchangeApi api;
    private WordHash trades = new WordHash();
    private long refused;
    private final AtomicInteger done = new AtomicInteger();

    PipelineContender(OrderFlow flow) {
        commands = new ApiCommand[flow.size()];
        for (int i = 0; i < commands.length; i++) {
            commands[i] = flow.cancels[i] ? cancel(flow, i) : place(flow, i);
        }
    }

    private static ApiCommand cancel(OrderFlow flow, int i) {
        return ApiCancelOrder.builder()
                .orderId(flow.targets[i] + 1L)
                .uid(flow.accounts[i] + 1L)
                .symbol(SYMBOL)
                .build();
    }

    private static ApiCommand place(OrderFlow flow, int i) {
        return ApiPlaceOrder.builder()
                .orderId(i + 1L)
                .uid(flow.accounts[i] + 1L)
                .symbol(SYMBOL)
                .action(flow.buys[i] ? OrderAction.BID : OrderAction.ASK)
                .orderType(flow.immediate[i] ? OrderType.IOC : OrderType.GTC)
                .price(flow.prices[i])
                .reservePrice(flow.buys[i] ? flow.prices[i] : 0)
                .size(flow.units[i])
                .build();
    }

    @Override
    public String name() {
        return "exchange-core pipeline";
    }

    @Override
    public void prepare() throws ExecutionException, InterruptedException {
        close();
        trades = new WordHash();
        refused = 0;
        done.set(0);
        core = ExchangeCore.builder()
                .resultsConsumer(this::result)
                .exchangeConfiguration(ExchangeConfiguration.builder()
                        .ordersProcessingCfg(OrdersProcessingConfiguration.DEFAULT)
                        .performanceCfg(PerformanceConfiguration.throughputPerformanceBuilder()
                                .matchingEnginesNum(1)
                                .riskEnginesNum(1)
                                .waitStrategy(CoreWaitStrategy.YIELDING)
                                .threadFactory(Thread::new)
                                .build())
                        .initStateCfg(InitialStateConfiguration.CLEAN_TEST)
                        .reportsQueriesCfg(ReportsQueriesConfiguration.DEFAULT)
                        .loggingCfg(LoggingConfiguration.DEFAULT)
                        .serializationCfg(SerializationConfiguration.DEFAULT)
                        .build())
                .build();
        core.startup();
        api = core.getApi();
        require(api.submitBinaryDataAsync(new BatchAddSymbolsCommand(CoreSymbolSpecification.builder()
                        .symbolId(SYMBOL)
                        .type(SymbolType.CURRENCY_EXCHANGE_PAIR)
                        .baseCurrency(UNITS)
                        .quoteCurrency(CENTS)
                        .baseScaleK(1)
                        .quoteScaleK(1)
                        .build()))
                .get());
        for (long user = 1; user <= OrderFlow.ACCOUNTS; user++) {
            require(api.submitCommandAsync(ApiAddUser.builder().uid(user).build())
                    .get());
            require(give(user, CENTS, Platform.CASH_CENTS));
            require(give(user, UNITS, Platform.UNITS));
        }
    }

    private CommandResultCode give(long user, int currency, long amount)
            throws ExecutionException, InterruptedException {
        return api.submitCommandAsync(ApiAdjustUserBalance.builder()
                        .uid(user)
                        .currency(currency)
                        .amount(amount)
                        .transactionId(currency) // counts up from one, in the order of the calls
                        .build())
                .get();
    }

    private static void require(CommandResultCode code) {
        if (code != CommandResultCode.SUCCESS) {
            throw new IllegalStateException("exchange-core answers " + code);
        }
    }

    private void result(OrderCommand command, long sequence) {
        if (command.command != OrderCommandType.PLACE_ORDER && command.command != OrderCommandType.CANCEL_ORDER) {
            return;
        }
        refused += command.resultCode == CommandResultCode.SUCCESS ? 0 : 1;
        for (MatcherTradeEvent event = command.matcherEvent; event != null; event = event.nextEvent) {
            if (event.eventType == MatcherEventType.TRADE) {
                trades.add(command.orderId - 1);
                trades.add(event.matchedOrderId - 1);
                trades.add(event.price);
                trades.add(event.size);
            }
        }
        done.lazySet(done.get() + 1);
    }

    @Override
    public long run() {
        for (ApiCommand command : commands) {
            api.submitCommand(command);
        }
        while (done.get() < commands.length) {
            Thread.yield();
        }
        return commands.length;
    }

    @Override
    public long digest() throws ExecutionException, InterruptedException {
        WordHash hash = new WordHash();
        hash.add(trades.value());
        for (int user = 1; user <= OrderFlow.ACCOUNTS; user++) {
            IntLongHashMap free = api.processReport(new SingleUserReportQuery(user), user)
                    .get()
                    .getAccounts();
            hash.add(free.get(CENTS));
            hash.add(free.get(UNITS));
        }
        if (refused > 0) {
            throw new IllegalStateException("exchange-core refused " + refused + " commands");
        }
        return hash.value();
    }

    @Override
    public void close() {
        if (core != null) {
            core.shutdown();
            core = null;
        }
    }
}
