using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Tessera.Host.Startup;

/// <summary>One JSON object a line on standard error; requests' and documents' text is in none of them.</summary>
internal static class HostLogging
{
    public static IServiceCollection AddHostLogging(this IServiceCollection services, LogEventLevel least, bool collected)
    {
        // What else would write: the framework's own console.
        services.AddLogging(logging => logging.ClearProviders());
        var ofOthers = least > LogEventLevel.Warning ? least : LogEventLevel.Warning;
        return services.AddSerilog(
            logging => logging
                .MinimumLevel.Is(least)
                .MinimumLevel.Override("Microsoft", ofOthers)
                .MinimumLevel.Override("Hangfire", ofOthers)
                .MinimumLevel.Override("System", ofOthers)
                // Keys lie beside the data that they protect: the folder's mode is the wall, and it says so at each start otherwise.
                .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
                // A command's text would show in its failure; the exception itself is logged by whoever handles it.
                .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
                .WriteTo.Console(new CompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose),
            preserveStaticLogger: true,
            writeToProviders: collected);
    }
}
