using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>Names the server elsewhere of one's own tenant. Enabled, questions and passages of the tenant leave this machine.</summary>
/// <param name="Remote">All of it; a key that is left out stays as it is, as long as the server stays the same.</param>
internal sealed record SetTenantRemote(TenantId Tenant, RemoteFields Remote) : IRequest<Outcome<RemoteView>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

/// <summary>A server with an OpenAI-compatible API. While it is enabled, questions and passages of this tenant leave this machine.</summary>
/// <param name="BaseUrl">http or https; servers on this machine and in its network too, as http://127.0.0.1:8000/v1.</param>
/// <param name="Enabled">False: nothing is sent. True: the tenant's text goes to that server, whoever runs it.</param>
/// <param name="ApiKey">Never shown again; null keeps the one that is set, empty removes it.</param>
/// <param name="ChatModel">What that server calls the model that writes answers.</param>
/// <param name="EmbeddingModel">What that server calls the model that makes vectors.</param>
internal sealed record RemoteFields(string BaseUrl, bool Enabled, string? ApiKey = null, string? ChatModel = null, string? EmbeddingModel = null);

internal sealed class SetTenantRemoteHandler(CatalogDbContext catalog, CurrentTenant current, RemoteKeys keys)
    : IRequestHandler<SetTenantRemote, Outcome<RemoteView>>
{
    private const int LongestKey = 500;
    private const int LongestModel = 200;

    public async ValueTask<Outcome<RemoteView>> Handle(SetTenantRemote request, CancellationToken cancellationToken)
    {
        if (request.Tenant != current.Id)
        {
            return Outcome<RemoteView>.Refused.NotFound;
        }

        var sent = request.Remote;
        if (Problem(sent) is { } problem)
        {
            return new Outcome<RemoteView>.Refused(ErrorCode.InvalidRequest, problem);
        }

        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var row = await catalog.TenantRemotes.FindAsync([request.Tenant], cancellationToken);
        if (row is null)
        {
            row = catalog.TenantRemotes.Add(new TenantRemote { TenantId = request.Tenant, BaseUrl = sent.BaseUrl, Enabled = sent.Enabled }).Entity;
        }

        // A key goes to the server that it was given for: another address needs it anew.
        var isSameServer = new Uri(row.BaseUrl).GetLeftPart(UriPartial.Authority) == new Uri(sent.BaseUrl).GetLeftPart(UriPartial.Authority);
        row.SealedKey = sent.ApiKey switch
        {
            null => isSameServer ? row.SealedKey : null,
            "" => null,
            var key => keys.Seal(key),
        };
        (row.BaseUrl, row.Enabled, row.ChatModel, row.EmbeddingModel) = (sent.BaseUrl, sent.Enabled, Named(sent.ChatModel), Named(sent.EmbeddingModel));
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return RemoteView.Of(row);
    }

    private static string? Problem(RemoteFields sent) => RemoteAddress.Problem(sent.BaseUrl)
        ?? (sent.ApiKey is { } key && (key.Length > LongestKey || key.Any(letter => letter is <= ' ' or > '~'))
            ? $"A key is at most {LongestKey} visible ASCII characters."
            : new[] { sent.ChatModel, sent.EmbeddingModel }.Any(model => model is not null && (model.Length > LongestModel || model.Any(char.IsControl)))
                ? $"A model's name at that server is at most {LongestModel} characters on one line."
                : sent.Enabled && Named(sent.ChatModel) is null && Named(sent.EmbeddingModel) is null
                    ? "Name the chat model or the embedding model of that server, or leave it off."
                    : null);

    private static string? Named(string? model) => string.IsNullOrWhiteSpace(model) ? null : model.Trim();
}
