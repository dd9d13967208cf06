namespace Tessera.Host.Errors;

/// <summary>What can go wrong, as callers see it: <c>docs/errors.md</c> lists each.</summary>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Short and always the same; the detail says what to do.</param>
internal sealed record ErrorCode(string Code, int Status, string Title)
{
    public static readonly ErrorCode InvalidJson = new("invalid-json", 400, "The body is not valid JSON.");
    public static readonly ErrorCode InvalidRequest = new("invalid-request", 400, "The request is not valid.");
    public static readonly ErrorCode InvalidHost = new("invalid-host", 400, "The host name is not one of this server's.");
    public static readonly ErrorCode PromptTooLong = new("prompt-too-long", 400, "The question does not fit the chat model.");
    public static readonly ErrorCode Unauthenticated = new("unauthenticated", 401, "Sign in or send a valid key.");
    public static readonly ErrorCode Forbidden = new("forbidden", 403, "The caller has no right to do this.");
    public static readonly ErrorCode CrossSite = new("cross-site", 403, "A session is good for this site's own pages only.");
    public static readonly ErrorCode NotFound = new("not-found", 404, "There is no such thing.");
    public static readonly ErrorCode UnknownDomain = new("unknown-domain", 404, "There is no such domain for this tenant.");
    public static readonly ErrorCode MethodNotAllowed = new("method-not-allowed", 405, "The address does not know this method.");
    public static readonly ErrorCode Conflict = new("conflict", 409, "It contradicts what is there.");
    public static readonly ErrorCode NameTaken = new("name-taken", 409, "The name is taken.");
    public static readonly ErrorCode LastAdministrator = new("last-administrator", 409, "The platform keeps one administrator.");
    public static readonly ErrorCode IdempotencyRunning = new("idempotency-running", 409, "The first request with this key still runs.");
    public static readonly ErrorCode TooLarge = new("too-large", 413, "It is larger than this server takes.");
    public static readonly ErrorCode UnsupportedMediaType = new("unsupported-media-type", 415, "The content type is not taken here.");
    public static readonly ErrorCode IdempotencyMismatch = new("idempotency-mismatch", 422, "The key was used with another body.");
    public static readonly ErrorCode PackageRefused = new("package-refused", 422, "The package was refused.");
    public static readonly ErrorCode ModelRefused = new("model-refused", 422, "The model was refused.");
    public static readonly ErrorCode WeakSecret = new("weak-secret", 422, "The secret is too weak.");
    public static readonly ErrorCode TooManyRequests = new("too-many-requests", 429, "Too many requests.");
    public static readonly ErrorCode Internal = new("internal", 500, "Something broke here.");
    public static readonly ErrorCode Unavailable = new("unavailable", 503, "It cannot be served now.");
    public static readonly ErrorCode DiskFull = new("disk-full", 507, "The disk is full.");

    /// <summary>Every code.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        InvalidJson, InvalidRequest, InvalidHost, PromptTooLong, Unauthenticated, Forbidden, CrossSite, NotFound, UnknownDomain,
        MethodNotAllowed, Conflict, NameTaken, LastAdministrator, IdempotencyRunning, TooLarge, UnsupportedMediaType,
        IdempotencyMismatch, PackageRefused, ModelRefused, WeakSecret, TooManyRequests, Internal, Unavailable, DiskFull,
    ];
}
