#include "net/http/static_files.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "net/limits.hpp"

namespace cairn::net {
namespace {

namespace fs = std::filesystem;

// Nothing: a file of that kind is not served.
std::string_view content_type_of(const fs::path& path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".wasm", "application/wasm"},
  }};
  const std::string extension = path.extension().string();
  for (const auto& [suffix, type] : kTypes)
    if (suffix == extension) return type;
  return {};
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const fs::path& folder) {
  StaticFiles all;
  if (folder.empty()) return all;
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return failure(folder.string() +
                   ": the page's folder is not there. Build the page, or leave the option out.");
  std::size_t bytes = 0;
  for (auto it = fs::recursive_directory_iterator(folder, error); it != fs::recursive_directory_iterator();
       it.increment(error)) {
    if (error) break;
    const std::string_view type = content_type_of(it->path());
    if (!it->is_regular_file(error) || it->is_symlink(error) || type.empty()) continue;
    std::ifstream in(it->path(), std::ios::binary);
    StaticFile file;
    file.content_type = type;
    file.bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (!in) return failure(it->path().string() + ": cannot be read. Check its permissions.");
    bytes += file.bytes.size();
    if (bytes > kStaticBytesMax)
      return failure(folder.string() + ": holds more than 64 MiB. Is it the right folder?");
    std::string path(1, '/');
    path.append(fs::relative(it->path(), folder, error).generic_string());
    file.immutable = path.starts_with("/assets/");
    all.files_.emplace(path, std::move(file));
  }
  if (error) return failure(folder.string() + ": cannot be listed: " + error.message() + ".");
  return all;
}

const StaticFile* StaticFiles::find(std::string_view path) const {
  const auto it = files_.find(path == "/" ? std::string_view("/index.html") : path);
  return it == files_.end() ? nullptr : &it->second;
}

}  // namespace cairn::net
