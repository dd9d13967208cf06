using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Inference;
using Tessera.Inference.Gguf;

namespace Tessera.Host.Models;

/// <summary>Reads a model's file anew, all of it: whether it is what was installed. One that is not is used no more until it is brought again.</summary>
internal sealed record CheckModel(string Name) : IRequest<Outcome<ModelView>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class CheckModelHandler(CatalogDbContext catalog, ModelFiles files) : IRequestHandler<CheckModel, Outcome<ModelView>>
{
    public async ValueTask<Outcome<ModelView>> Handle(CheckModel request, CancellationToken cancellationToken)
    {
        if (await catalog.FindModelAsync(request.Name, cancellationToken) is not { } model)
        {
            return Outcome<ModelView>.Refused.NotFound;
        }

        (model.State, model.Reason) = await LookAsync(files.PathOf(model.Sha256), model.Sha256, cancellationToken);
        await catalog.SaveChangesAsync(cancellationToken);
        return ModelView.Of(model);
    }

    private static async Task<(ModelState State, string? Reason)> LookAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return (ModelState.Missing, ModelReconciler.Gone);
        }

        try
        {
            var (_, found) = await ModelFiles.HashAsync(path, progress: null, cancellationToken);
            if (found != sha256)
            {
                return (ModelState.Broken, ModelReconciler.Changed);
            }

            ModelCard.Read(path);
            return (ModelState.Ready, null);
        }
        catch (ModelException broken)
        {
            // It passed when it came: this version asks for more.
            return (ModelState.Broken, broken.Message);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return (ModelState.Broken, "Its file cannot be read. Give the host's user the right to, or bring the model again.");
        }
    }
}
