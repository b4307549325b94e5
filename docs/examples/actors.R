# Les acteurs par département. Needs sf.
library(sf)

base <- "https://biocarto.example"
actors <- st_read(paste0(base, "/ogc/collections/actors/items?f=json&limit=10000"), quiet = TRUE)
counts <- sort(table(actors$department_name), decreasing = TRUE)
cat(paste0(names(counts), " : ", counts), sep = "\n")
