using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tessera.Integration.Faults;

/// <summary>Commands of the contexts, before and after.</summary>
internal sealed class FaultingCommands(FaultPlan plan) : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Before(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Before(command, result));

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Before(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Before(command, result));

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        try
        {
            return After(command, result);
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) => new(After(command, result));

    private T Before<T>(DbCommand command, T result) => Pass("before", command, result);

    private T After<T>(DbCommand command, T result) => Pass("after", command, result);

    private T Pass<T>(string when, DbCommand command, T result)
    {
        plan.PassRows($"{when} {command.CommandText[..Math.Min(60, command.CommandText.Length)].ReplaceLineEndings(" ")}");
        return result;
    }
}
