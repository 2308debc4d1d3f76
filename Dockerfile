FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ src/
# Compiled beforehand (ReadyToRun): each start compiles less.
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/RealEstateOs.Host -c Release -o /app -v q -nologo -p:UseAppHost=false -p:PublishReadyToRun=true

# Debian rather than the default Ubuntu: its chromium is a package, not a snap.
FROM debian:trixie-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libicu76 libssl3t64 libstdc++6 tzdata chromium-headless-shell poppler-utils fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*
COPY --from=mcr.microsoft.com/dotnet/aspnet:10.0 /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/local/bin/dotnet \
    && useradd --uid 1654 --create-home app \
    && install -d -o app -g app /data
COPY --from=build /app /app

USER app
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:8000 \
    REOS_DATA_FOLDER=/data \
    DOTNET_EnableWriteXorExecute=0 \
    MALLOC_ARENA_MAX=2 \
    DOTNET_RUNNING_IN_CONTAINER=true
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD curl -fsS http://127.0.0.1:8000/live || exit 1
ENTRYPOINT ["dotnet", "RealEstateOs.Host.dll"]
