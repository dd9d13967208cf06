using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Errors;
using Tessera.Inference;
using Tessera.Inference.Gguf;

namespace Tessera.Host.Models;

/// <summary>
/// Takes models in and out. A file becomes a model when its header was checked here, it fits into memory, and a child process has run
/// it; until its row is written it is nothing, and what is left on the disk by a stop is swept at the next start. Safe for concurrent
/// use, one at a time: two trials at once would take the memory of two models.
/// </summary>
internal sealed partial class ModelInstaller(
    ModelFiles files, ModelMemory memory, IModelTrial trial, ITurns turns, IServiceScopeFactory scopes, TimeProvider time, ILogger<ModelInstaller> logger)
{
    /// <summary>Makes a file a model; a file that is here already is answered with the model that it is.</summary>
    public async Task<Outcome<NewModel>> AddAsync(StagedModel file, ModelOrigin origin, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Models, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        if (await catalog.Models.FindAsync([file.Sha256], cancellationToken) is { } known)
        {
            return new NewModel(await RestoreAsync(catalog, known, file, cancellationToken), IsNew: false);
        }

        var name = origin.Name ?? ModelName.OfFile(origin.FileName) ?? "";
        if (ModelName.Problem(name) is { } wrong)
        {
            return new Outcome<NewModel>.Refused(ErrorCode.InvalidRequest, wrong);
        }

        var key = ModelName.Key(name);
        if (await catalog.Models.AnyAsync(row => row.NameKey == key, cancellationToken))
        {
            return new Outcome<NewModel>.Refused(ErrorCode.NameTaken, "Another model has this name. Give this one a name of its own.");
        }

        var row = await CheckAsync(file, name, origin, cancellationToken);
        if (row is Outcome<InstalledModel>.Done { Value: var model })
        {
            // From here on it is carried through, or files and rows would part until the next start.
            cancellationToken.ThrowIfCancellationRequested();
            model.IsDefault = model.Role == ModelRole.Chat && !await catalog.Models.AnyAsync(other => other.Role == model.Role && other.IsDefault, CancellationToken.None);
            files.Keep(file);
            catalog.Models.Add(model);
            await catalog.SaveChangesAsync(CancellationToken.None);
            LogAdded(logger, model.Name, model.Sha256);
            return new NewModel(ModelView.Of(model), IsNew: true);
        }

        var refused = (Outcome<InstalledModel>.Refused)row;
        LogRefused(logger, file.Sha256);
        return new Outcome<NewModel>.Refused(refused.Code, refused.Detail);
    }

    /// <summary>Takes a model away: settings that name it go with it. False: there is none.</summary>
    public async Task<bool> RemoveAsync(string sha256, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Models, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        if (await catalog.Models.FindAsync([sha256], cancellationToken) is not { } row)
        {
            return false;
        }

        catalog.Models.Remove(row);
        await catalog.SaveChangesAsync(CancellationToken.None);
        files.Delete(sha256);
        LogRemoved(logger, row.Name);
        return true;
    }

    private async Task<ModelView> RestoreAsync(CatalogDbContext catalog, InstalledModel row, StagedModel file, CancellationToken cancellationToken)
    {
        if (row.State != ModelState.Ready || !File.Exists(files.PathOf(row.Sha256)))
        {
            files.Keep(file);
            (row.State, row.Reason) = (ModelState.Ready, null);
            await catalog.SaveChangesAsync(cancellationToken);
        }

        return ModelView.Of(row);
    }

    private async Task<Outcome<InstalledModel>> CheckAsync(StagedModel file, string name, ModelOrigin origin, CancellationToken cancellationToken)
    {
        ModelCard card;
        try
        {
            card = ModelCard.Read(file.Path);
        }
        catch (ModelException broken)
        {
            return Refused(broken.Message);
        }

        if (card.IsAdapter)
        {
            return Refused("It is a LoRA adapter, no model. Adapters come inside the package of the domain that they were made for.");
        }

        // What a header says of the role is a guess only between reading and vectors of one decoder.
        var role = origin.Role ?? card.Role;
        if (role != card.Role && (card.KvBytesPerToken == 0 || ModelRole.Reranker == role || ModelRole.Reranker == card.Role))
        {
            return Refused($"It cannot be used as '{ModelRoles.Text(role)}': its header says '{ModelRoles.Text(card.Role)}'.");
        }

        if (memory.Problem(memory.Of(card)) is { } large)
        {
            return Refused(large);
        }

        return await trial.RunAsync(file.Path, role, cancellationToken) is { } reason
            ? Refused(reason)
            : new InstalledModel
            {
                Sha256 = file.Sha256, Name = name, NameKey = ModelName.Key(name), Role = role, Bytes = file.Length, Architecture = card.Architecture,
                Parameters = card.Parameters, Quantisation = card.Quantisation, ContextTokens = card.ContextTokens, MemoryBytes = memory.Of(card),
                Licence = Short(origin.Licence ?? card.License), Source = origin.Source,
                AddedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
            };
    }

    private static Outcome<InstalledModel>.Refused Refused(string reason) => new(ErrorCode.ModelRefused, reason);

    // It comes from the file: as long as its maker pleases.
    private static string? Short(string? text) => text is null ? null : Cli.Place.OneLine(text, 100);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Name} was installed: {Sha256}")]
    private static partial void LogAdded(ILogger logger, string name, string sha256);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A model was refused: {Sha256}")]
    private static partial void LogRefused(ILogger logger, string sha256);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Name} was removed")]
    private static partial void LogRemoved(ILogger logger, string name);
}

/// <summary>Where a file comes from and what it shall be.</summary>
/// <param name="FileName">As it was called there; gives the name where none is given.</param>
/// <param name="Name">What it shall be called.</param>
/// <param name="Role">What it shall be for; null: what its header says.</param>
internal sealed record ModelOrigin(string FileName, string? Name, ModelRole? Role)
{
    /// <summary>As the hub names it.</summary>
    public string? Licence { get; init; }

    /// <summary><c>owner/name:file</c>.</summary>
    public string? Source { get; init; }
}

/// <summary>The model that a file is.</summary>
/// <param name="IsNew">False: it was here already.</param>
internal sealed record NewModel(ModelView Model, bool IsNew);
