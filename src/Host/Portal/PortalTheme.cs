using MudBlazor;

namespace Tessera.Host.Portal;

/// <summary>Ink on paper by day, paper on ink by night; contrast of text is at least 4.5 to 1 in both.</summary>
internal static class PortalTheme
{
    private static readonly string[] Sans = ["Inter", "Segoe UI", "system-ui", "-apple-system", "DejaVu Sans", "sans-serif"];
    private static readonly string[] Serif = ["Source Serif 4", "Charter", "Georgia", "DejaVu Serif", "serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1f3a5f",
            PrimaryContrastText = "#ffffff",
            Secondary = "#8a5a2b",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#2f6b5e",
            Background = "#f7f5f0",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2430",
            DrawerBackground = "#16243a",
            DrawerText = "#d5deea",
            DrawerIcon = "#9fb2cb",
            TextPrimary = "#1b2430",
            TextSecondary = "#55606f",
            ActionDefault = "#55606f",
            Divider = "#e3dfd6",
            LinesDefault = "#d8d3c8",
            LinesInputs = "#b9b3a6",
            Success = "#2f6b4a",
            Warning = "#8f5b00",
            Error = "#a8322a",
            Info = "#2b5d8a",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#9dbce6",
            PrimaryContrastText = "#0f1826",
            Secondary = "#dcae7c",
            SecondaryContrastText = "#1c130a",
            Tertiary = "#8fcfbf",
            Background = "#10161f",
            Surface = "#18212d",
            AppbarBackground = "#18212d",
            AppbarText = "#e6ebf2",
            DrawerBackground = "#0c121b",
            DrawerText = "#c6d1e0",
            DrawerIcon = "#8497b2",
            TextPrimary = "#e6ebf2",
            TextSecondary = "#a5b1c2",
            ActionDefault = "#a5b1c2",
            Divider = "#2a3646",
            LinesDefault = "#2f3c4e",
            LinesInputs = "#4a5a70",
            Success = "#7fcf9f",
            Warning = "#e8b661",
            Error = "#f0958d",
            Info = "#8fc1ee",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px", DrawerWidthLeft = "232px", AppbarHeight = "60px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "0.95rem", LineHeight = "1.55" },
            H4 = new H4Typography { FontFamily = Serif, FontWeight = "600", FontSize = "1.9rem" },
            H5 = new H5Typography { FontFamily = Serif, FontWeight = "600", FontSize = "1.45rem" },
            H6 = new H6Typography { FontFamily = Serif, FontWeight = "600", FontSize = "1.12rem" },
            Button = new ButtonTypography { FontFamily = Sans, TextTransform = "none", FontWeight = "600" },
        },
    };
}
