using Tessera.Host.Errors;
using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>What callers are told when a model cannot serve them.</summary>
internal static class ModelFaults
{
    public static ErrorCode CodeOf(ModelFault fault) => fault switch
    {
        ModelFault.BadFile or ModelFault.WrongAdapter or ModelFault.BadTemplate => ErrorCode.ModelRefused,
        ModelFault.PromptTooLong => ErrorCode.PromptTooLong,
        ModelFault.BadSchema => ErrorCode.InvalidRequest,
        ModelFault.Busy => ErrorCode.TooManyRequests,
        ModelFault.Remote => ErrorCode.ModelServer,
        _ => ErrorCode.Unavailable,
    };
}
