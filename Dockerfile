FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# npm brings the libraries that run models.
RUN apt-get update \
    && apt-get install -y --no-install-recommends npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# The key that signs the bundled domains; without the secret, one is made for this image alone.
RUN --mount=type=secret,id=signing_key \
    if [ -f /run/secrets/signing_key ]; then export TESSERA_SIGNING_KEY=/run/secrets/signing_key; fi; \
    dotnet publish src/Host -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr poppler-utils \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 tessera \
    && install -d -o tessera -g tessera -m 700 /data
WORKDIR /app
COPY --from=build /app .
USER tessera
ENV TESSERA_DATA=/data
VOLUME /data
EXPOSE 5080
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["dotnet", "Tessera.Host.dll", "doctor", "--ready", "http://127.0.0.1:5080"]
ENTRYPOINT ["dotnet", "Tessera.Host.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:5080", "--behind-proxy"]
