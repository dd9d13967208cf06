using System.Net.Http.Json;
using System.Text;
using static Tessera.Host.Identity.Right;

namespace Tessera.Integration.Access;

/// <summary>
/// Who may come in where. A route of the host without a row here fails the tests, as does a row without a route: say first
/// who may use it, then add it. Files of the portal that were built with it are open to anybody and have no rows.
/// </summary>
internal static class AccessTable
{
    /// <summary>What each kind of caller has, by hand: the product's own answer is what is tested.</summary>
    public static readonly IReadOnlyDictionary<string, Host.Identity.Right[]> Roles = new Dictionary<string, Host.Identity.Right[]>
    {
        ["anonymous"] = [],
        ["suspended"] = [],
        ["reader"] = [SeeDomains, ReadDocuments, Ask, UseModels, Converse],
        ["member"] = [SeeDomains, ReadDocuments, Ask, UseModels, Converse, WriteDocuments],
        ["tenant administrator"] = [SeeDomains, ReadDocuments, Ask, UseModels, Converse, WriteDocuments, ManageTenant, Administer],
        ["platform administrator"] = [SeeDomains, ReadDocuments, Ask, UseModels, Converse, Administer, ManagePlatform],
        ["key to ask"] = [SeeDomains, Ask, Converse],
        ["key to administer"] = [SeeDomains, ManageTenant, Administer],
    };

    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        new("GET /health/live", null, Target.None, 200),
        new("GET /health/ready", null, Target.None, 200),
        new("GET /metrics", ManagePlatform, Target.None, 200),
        new("GET /workers/{**page}", ManagePlatform, Target.None, 0),
        new("POST /workers/{**page}", ManagePlatform, Target.None, 0),
        new("GET /openapi/{documentName}.json", null, Target.None, 200),
        new("GET /scalar/{documentName?}", null, Target.None, 200),
        new("GET /scalar/scalar.js", null, Target.None, 200),
        new("GET /scalar/scalar.aspnetcore.js", null, Target.None, 200),
        new("GET /scalar/favicon.svg", null, Target.None, 200),
        new("GET /account/antiforgery", null, Target.None, 200),
        new("POST /account/sign-in", null, Target.None, 400, _ => new FormUrlEncodedContent([])),
        new("POST /account/sign-out", null, Target.None, 400, _ => new FormUrlEncodedContent([])),

        new("GET /api/v1/domains", SeeDomains, Target.None, 200),
        new("POST /api/v1/domains/{domain}/search", Ask, Target.Domain, 200, AccessRow.Json(new { query = "a" })),
        new("POST /api/v1/domains/{domain}/search/explain", Ask, Target.Domain, 200, AccessRow.Json(new { query = "a" })),
        new("POST /api/v1/domains/{domain}/answers", Ask, Target.Domain, 200, AccessRow.Json(new { question = "a" })),
        new("POST /api/v1/domains/{domain}/conversations", Ask, Target.Domain, 201),
        new("GET /api/v1/domains/{domain}/conversations", Ask, Target.Domain, 200),
        new("DELETE /api/v1/domains/{domain}/conversations", Ask, Target.Domain, 204),
        new("GET /api/v1/domains/{domain}/conversations/{id:guid}", Ask, Target.Conversation, 200),
        new("DELETE /api/v1/domains/{domain}/conversations/{id:guid}", Ask, Target.Conversation, 204),
        new("PUT /api/v1/domains/{domain}/conversations/{id:guid}/turns/{turn:guid}/rating", Ask, Target.Turn, 204, AccessRow.Json(new { useful = true })),

        // The test domain has no models: whoever may start is told that there is nothing to adapt, and nothing to take back.
        new("GET /api/v1/domains/{domain}/adaptation", ManageTenant, Target.Domain, 200),
        new("POST /api/v1/domains/{domain}/adaptation", ManageTenant, Target.Domain, 409),
        new("DELETE /api/v1/domains/{domain}/adaptation", ManageTenant, Target.None, 404),
        new("GET /api/v1/domains/{domain}/adaptation/questions", ManageTenant, Target.Domain, 200),
        new("POST /api/v1/domains/{domain}/adaptation/questions", ManageTenant, Target.Document, 201, id => JsonContent.Create(new { question = "a", documentId = id })),
        new("DELETE /api/v1/domains/{domain}/adaptation/questions/{id:guid}", ManageTenant, Target.OwnQuestion, 204),
        new("POST /api/v1/domains/{domain}/documents", WriteDocuments, Target.Domain, 202, _ => Upload()),
        new("GET /api/v1/domains/{domain}/documents", ReadDocuments, Target.Domain, 200),
        new("GET /api/v1/documents/{id:guid}", ReadDocuments, Target.Document, 200),
        new("DELETE /api/v1/documents/{id:guid}", WriteDocuments, Target.Document, 204),
        new("GET /api/v1/documents/{id:guid}/content", ReadDocuments, Target.Document, 200),
        new("GET /api/v1/documents/{id:guid}/chunks", ReadDocuments, Target.Document, 200),
        new("POST /api/v1/documents/{id:guid}/retry", WriteDocuments, Target.Document, 202),

        new("GET /api/v1/admin/jobs", ManageTenant, Target.None, 200),
        new("GET /api/v1/admin/jobs/{id:guid}", ManageTenant, Target.Job, 200),

        // It is over already.
        new("PATCH /api/v1/admin/jobs/{id:guid}", ManageTenant, Target.Job, 409, AccessRow.Json(new { paused = true })),
        new("DELETE /api/v1/admin/jobs/{id:guid}", ManageTenant, Target.Job, 409),
        new("POST /api/v1/admin/tenants", ManagePlatform, Target.None, 201, _ => JsonContent.Create(new { name = $"t-{Guid.NewGuid():N}" })),
        new("GET /api/v1/admin/tenants", Administer, Target.None, 200),
        new("GET /api/v1/admin/tenants/{id:guid}", Administer, Target.Tenant, 200),
        new("PATCH /api/v1/admin/tenants/{id:guid}", Administer, Target.Tenant, 200, id => JsonContent.Create(new { name = $"named-{id}" })),
        new("DELETE /api/v1/admin/tenants/{id:guid}", ManagePlatform, Target.Tenant, 204),
        new("PUT /api/v1/admin/tenants/{id:guid}/domains/{domain}", Administer, Target.Tenant, 204, AccessRow.Json(new { enabled = true })),
        new("POST /api/v1/admin/users", Administer, Target.Tenant, 201,
            id => JsonContent.Create(new { tenantId = id, name = $"u-{Guid.NewGuid():N}", role = "Reader", password = "moss-on-nine-stones" })),
        new("GET /api/v1/admin/users", Administer, Target.None, 200),
        new("GET /api/v1/admin/users/{id:guid}", Administer, Target.User, 200),
        new("PATCH /api/v1/admin/users/{id:guid}", Administer, Target.User, 200, AccessRow.Json(new { suspended = true })),
        new("DELETE /api/v1/admin/users/{id:guid}", Administer, Target.User, 204),
        new("POST /api/v1/admin/password-resets", Administer, Target.User, 200, id => JsonContent.Create(new { name = id })),
        new("POST /api/v1/admin/keys", Administer, Target.User, 201, id => JsonContent.Create(new { userId = id, name = "k" })),
        new("GET /api/v1/admin/keys", Administer, Target.None, 200),
        new("GET /api/v1/admin/keys/{id:guid}", Administer, Target.Key, 200),
        new("PATCH /api/v1/admin/keys/{id:guid}", Administer, Target.Key, 200, AccessRow.Json(new { name = "k" })),
        new("DELETE /api/v1/admin/keys/{id:guid}", Administer, Target.Key, 204),

        // The package is no package: whoever may install is told why it is refused.
        new("POST /api/v1/admin/backups", ManagePlatform, Target.None, 200),
        new("POST /api/v1/admin/plugins", ManagePlatform, Target.None, 422, _ => Upload()),
        new("GET /api/v1/admin/plugins", ManagePlatform, Target.None, 200),
        new("GET /api/v1/admin/plugins/{id}", ManagePlatform, Target.Plugin, 200),
        new("DELETE /api/v1/admin/plugins/{id}", ManagePlatform, Target.Plugin, 204),

        // Nor is the model a model.
        new("POST /api/v1/admin/models", ManagePlatform, Target.None, 422, _ => Upload()),
        new("GET /api/v1/admin/models", ManagePlatform, Target.None, 200),
        new("GET /api/v1/admin/models/{name}", ManagePlatform, Target.Model, 200),
        new("PATCH /api/v1/admin/models/{name}", ManagePlatform, Target.Model, 200, AccessRow.Json(new { isDefault = false })),
        new("DELETE /api/v1/admin/models/{name}", ManagePlatform, Target.Model, 204),
        new("POST /api/v1/admin/models/{name}/check", ManagePlatform, Target.Model, 200),
        new("GET /api/v1/admin/models/suggestions", ManagePlatform, Target.None, 200),
        new("GET /api/v1/admin/models/pulls", ManagePlatform, Target.None, 200),
        new("GET /api/v1/admin/models/pulls/{id:guid}", ManagePlatform, Target.Pull, 200),
        new("DELETE /api/v1/admin/models/pulls/{id:guid}", ManagePlatform, Target.Pull, 204),
        new("GET /api/v1/admin/tenants/{id:guid}/models", Administer, Target.Tenant, 200),
        new("PUT /api/v1/admin/tenants/{id:guid}/models", Administer, Target.Tenant, 204, AccessRow.Json(new { role = "chat", model = "none" })),
        new("GET /api/v1/admin/tenants/{id:guid}/remote", ManageTenant, Target.Tenant, 200),
        new("PUT /api/v1/admin/tenants/{id:guid}/remote", ManageTenant, Target.Tenant, 200, AccessRow.Json(new { baseUrl = "http://127.0.0.1:9/v1", enabled = false })),
        new("DELETE /api/v1/admin/tenants/{id:guid}/remote", ManageTenant, Target.Tenant, 204),

        new("POST /v1/chat/completions", Converse, Target.Domain, 200, id => JsonContent.Create(new { model = id, messages = new[] { new { role = "user", content = "a" } } })),
        // No model is installed: whoever may use models is told so.
        new("POST /v1/embeddings", UseModels, Target.None, 404, AccessRow.Json(new { model = "none-here", input = "a" })),
        new("GET /v1/models", Converse, Target.None, 200),
        new("GET /v1/models/{model}", Converse, Target.None, 404),

        new("GET /sign-in", null, Target.None, 200),
        new("POST /sign-in", null, Target.None, 400, _ => new FormUrlEncodedContent([])),
        new("GET /", Ask, Target.None, 0),
        new("POST /", Ask, Target.None, 0),
        new("GET /documents", Ask, Target.None, 0),
        new("POST /documents", Ask, Target.None, 0),
        new("GET /retrieval", Ask, Target.None, 0),
        new("POST /retrieval", Ask, Target.None, 0),
        new("GET /domains", Ask, Target.None, 0),
        new("POST /domains", Ask, Target.None, 0),
        new("GET /adaptation", Ask, Target.None, 0),
        new("POST /adaptation", Ask, Target.None, 0),
        new("GET /jobs", Ask, Target.None, 0),
        new("POST /jobs", Ask, Target.None, 0),
        new("GET /models", Ask, Target.None, 0),
        new("POST /models", Ask, Target.None, 0),
        new("GET /not-found", Ask, Target.None, 0),
        new("POST /not-found", Ask, Target.None, 0),
        new("GET /_framework/opaque-redirect", Ask, Target.None, 0),
        new("ANY /_blazor*", Ask, Target.None, 0),
    ];

    private static MultipartFormDataContent Upload() =>
        new() { { new ByteArrayContent(Encoding.UTF8.GetBytes($"The crane lifts the cask {Guid.NewGuid()}.")), "file", $"{Guid.NewGuid():N}.txt" } };
}
