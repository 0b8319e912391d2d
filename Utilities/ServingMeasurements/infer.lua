-- A request for inference of one image, for wrk; FORM is json, binary, or raw (the peer's 784 bytes).
local form = os.getenv("FORM")
local values = {}
for pixel = 0, 783 do values[#values + 1] = pixel * 7 % 256 end

wrk.method = "POST"
if form == "json" then
    wrk.headers["Content-Type"] = "application/json"
    wrk.body = '{"inputs":[{"name":"image","shape":[1,28,28,1],"datatype":"FP32","data":['
        .. table.concat(values, ".0,") .. ".0]}]}"
elseif form == "binary" then
    local json = '{"inputs":[{"name":"image","shape":[1,28,28,1],"datatype":"UINT8","parameters":{"binary_data_size":784}}],'
        .. '"parameters":{"binary_data_output":true}}'
    local bytes = {}
    for index, value in ipairs(values) do bytes[index] = string.char(value) end
    wrk.headers["Content-Type"] = "application/octet-stream"
    wrk.headers["Inference-Header-Content-Length"] = tostring(#json)
    wrk.body = json .. table.concat(bytes)
elseif form == "raw" then
    local bytes = {}
    for index, value in ipairs(values) do bytes[index] = string.char(value) end
    wrk.body = table.concat(bytes)
else
    error("FORM is json, binary or raw")
end

-- Answers that are no success would make a server look fast.
function done(summary, latency, requests)
    io.write(string.format("answers %d errors %d p50 %.3f ms p99 %.3f ms\n", summary.requests,
        summary.errors.status + summary.errors.timeout + summary.errors.read, latency:percentile(50) / 1000,
        latency:percentile(99) / 1000))
end
