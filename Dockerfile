# Built with: docker build --secret id=signing_key,src=release.pem -t tessera:0.1.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
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

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr poppler-utils \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group tessera \
    && install -d -o tessera -g tessera -m 700 /data /blobs
WORKDIR /app
# Nobody's but root's: the process that runs here cannot change its own program.
COPY --from=build /app .
USER 10001:10001
ENV TESSERA_DATA=/data \
    ASPNETCORE_HTTP_PORTS=
VOLUME /data
EXPOSE 5080
# The program asks itself: the image holds no curl.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["dotnet", "/app/Tessera.Host.dll", "doctor", "--ready", "http://127.0.0.1:5080"]
ENTRYPOINT ["dotnet", "/app/Tessera.Host.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:5080", "--behind-proxy"]
