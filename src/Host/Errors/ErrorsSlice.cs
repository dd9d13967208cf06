using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Tessera.Host.Errors;

internal static class ErrorsSlice
{
    public static IServiceCollection AddErrors(this IServiceCollection services)
    {
        services.AddExceptionHandler<Faults>();
        services.AddScoped<IdempotentReplies>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

        // Closed contracts: a member that is not ours is refused, so nothing can be assigned by guessing its name.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.MaxDepth = 32;
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        });
        return services;
    }

    public static IApplicationBuilder UseErrors(this IApplicationBuilder app) =>
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Problems.WriteAsync(context, ErrorCode.Internal, "It was logged under the traceId; tell the administrator."),
            SuppressDiagnosticsCallback = _ => true,
        }).UseStatusCodePages(EmptyReplies.FillAsync);
}
