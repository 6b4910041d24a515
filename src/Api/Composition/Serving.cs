using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Api.Demo;
using CloudManager.Api.OpenInterface;
using CloudManager.Api.Time;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Scheduler;
using CloudManager.Storage;
using CloudManager.Storage.Metering.Prometheus;

namespace CloudManager.Api.Composition;

/// <summary>Puts the host together and runs it.</summary>
internal static class Serving
{
    /// <summary>The host with its books open, ready to run.</summary>
    public static async Task<WebApplication> BuildAsync(
        CommandLine options,
        BooksAddress books,
        DeclaredAdapters declared,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.AddLogs();
        builder.AddWeb(options.Urls);
        builder.Services.AddBooks(options, books);
        builder.Services.AddPools(declared, options.Data).AddOpenInterface(declared.Clients);
        builder.Services.AddCore().AddTrust().AddStations();
        builder.Services.AddSchedule(new ScheduleStore(books.Provider, books.ConnectionString, books.IsShared));
        if (options.Demo)
        {
            builder.Services.AddSingleton<AdvanceClock>().AddSingleton<IStation, ClockApi>();
        }

        builder.Services.AddSeed();
        var app = builder.Build();
        // Everything that is made from here on may ask for the installation's name, which stands in the books.
        await app.Services.GetRequiredService<IBooksOpening>().OpenAsync(cancellationToken);
        app.UseWeb();
        app.MapOpenInterface();
        return app;
    }

    /// <summary>The books and the two clocks.</summary>
    public static IServiceCollection AddBooks(this IServiceCollection services, CommandLine options, BooksAddress books)
    {
        var machine = TimeProvider.System;
        if (options.Demo)
        {
            var clock = BusinessClock.Open(options.Data, options.Clock, machine);
            services.AddSingleton<TimeProvider>(clock).AddSingleton<ISteeredClock>(clock);
        }
        else
        {
            services.AddSingleton(machine);
        }

        services.AddSingleton(new MachineClock(machine)).AddStorage(options.Data, books);
        return options.Engine is { } engine ? services.AddMetricsEngine(options.Data, engine) : services;
    }

    public static async Task RunAsync(WebApplication app, CommandLine options, CancellationToken cancellationToken)
    {
        var said = await app.Services.GetRequiredService<FirstStart>().RunAsync(options.Demo, cancellationToken);
        await app.StartAsync(cancellationToken);
        app.Services.GetRequiredService<Readiness>().IsStarted = true;
        await Console.Out.WriteLineAsync($"CloudManager serves on {string.Join(", ", app.Urls)}");
        foreach (var line in said)
        {
            await Console.Out.WriteLineAsync(line);
        }

        await app.WaitForShutdownAsync(cancellationToken);
    }
}
