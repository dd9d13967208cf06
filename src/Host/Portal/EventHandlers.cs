using Microsoft.AspNetCore.Components;

namespace Tessera.Host.Portal;

/// <summary>The events that <c>portal.js</c> adds to those of the browser; Razor finds them by this class's name.</summary>
[EventHandler("onasked", typeof(AskedEventArgs))]
public static class EventHandlers;
