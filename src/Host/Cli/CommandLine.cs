using System.CommandLine;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Backups;
using Tessera.Host.Data;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Cli;

/// <summary>The host's commands. No command is <c>serve</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"error: {error.Message}");
            }

            await Console.Error.WriteLineAsync("Add --help to see what the command takes.");
            return ExitCode.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration, CancellationToken.None);
        }
        catch (CommandFailedException failure)
        {
            return await FailAsync(failure.Message, failure.Code);
        }
        catch (PackageRefusedException refused)
        {
            return await FailAsync($"{refused.Message} ({refused.Refusal.Code})", ExitCode.Failed);
        }
        catch (DataFolderBusyException busy)
        {
            return await FailAsync(busy.Message, ExitCode.Failed);
        }
        catch (BackupException unusable)
        {
            return await FailAsync(unusable.Message, ExitCode.Failed);
        }
        catch (SchemaException schema)
        {
            return await FailAsync(schema.Message, ExitCode.Failed);
        }
        catch (OptionsException wrong)
        {
            return await FailAsync(wrong.Message, ExitCode.Usage);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync("stopped.", ExitCode.Failed);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            return await FailAsync(failure.Message, ExitCode.Failed);
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException)
        {
            return await FailAsync($"The database failed: {failure.GetBaseException().Message}", ExitCode.Failed);
        }
    }

    internal static RootCommand Root()
    {
        var root = new RootCommand("Tessera: ask questions of your own documents. Without a command it serves.");
        foreach (var option in GlobalOptions.All)
        {
            root.Add(option);
        }

        var serve = ServeCommand.Create();
        foreach (var option in serve.Options)
        {
            root.Add(option);
        }

        root.Action = serve.Action;
        root.Add(serve);
        root.Add(IngestCommand.Create());
        root.Add(SearchCommand.Create());
        root.Add(AskCommand.Create());
        root.Add(EvalCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(PluginsCommand.Create());
        root.Add(ModelsCommand.Create());
        root.Add(UsersCommand.Create());
        root.Add(BackupCommand.Create());
        root.Add(RestoreCommand.Create());
        root.Add(DoctorCommand.Create());
        return root;
    }

    private static async Task<int> FailAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync($"error: {message}");
        return code;
    }
}
