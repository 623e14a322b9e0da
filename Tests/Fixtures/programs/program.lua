-- Weighs the numbers of its input.
local limit = 10
local start = 5
local steps = {4, 7}

function weigh(value, factor)
    -- The even ones count more.
    local total = -start
    if value % 2 == 0 and value < limit then
        total = total + value * factor
    else
        total = total - value - factor
    end
    return total
end

local result = 0
local count = 0
for word in (io.read("l") or ""):gmatch("%S+") do
    result = result + weigh(tonumber(word), steps[1])
    count = count + 1
end
print("result", result)
print("share", result // count)
