<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Fields">
  <renderer-v2 type="categorizedSymbol" attr="group" enableorderby="0" forceraster="0" symbollevels="0">
    <categories>
      <category symbol="0" value="biotherapies" label="Biothérapies" render="true" />
      <category symbol="1" value="bioproduction" label="Bioproduction" render="true" />
      <category symbol="2" value="techproviders" label="Fournisseurs de technologies et de services" render="true" />
      <category symbol="3" value="research_centre" label="Centres de recherche académique" render="true" />
      <category symbol="4" value="incubator" label="Incubateurs, pépinières, hôtels d'entreprises" render="true" />
      <category symbol="5" value="integrator" label="Intégrateurs industriels" render="true" />
    </categories>
    <symbols>
      <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="name" value="circle" />
            <Option type="QString" name="color" value="19,127,206,255" />
            <Option type="QString" name="outline_color" value="255,255,255,255" />
            <Option type="QString" name="outline_width" value="0.3" />
            <Option type="QString" name="outline_width_unit" value="MM" />
            <Option type="QString" name="size" value="2.8" />
            <Option type="QString" name="size_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="name" value="square" />
            <Option type="QString" name="color" value="185,71,15,255" />
            <Option type="QString" name="outline_color" value="255,255,255,255" />
            <Option type="QString" name="outline_width" value="0.3" />
            <Option type="QString" name="outline_width_unit" value="MM" />
            <Option type="QString" name="size" value="2.8" />
            <Option type="QString" name="size_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="name" value="triangle" />
            <Option type="QString" name="color" value="15,118,88,255" />
            <Option type="QString" name="outline_color" value="255,255,255,255" />
            <Option type="QString" name="outline_width" value="0.3" />
            <Option type="QString" name="outline_width_unit" value="MM" />
            <Option type="QString" name="size" value="2.8" />
            <Option type="QString" name="size_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="name" value="diamond" />
            <Option type="QString" name="color" value="125,60,146,255" />
            <Option type="QString" name="outline_color" value="255,255,255,255" />
            <Option type="QString" name="outline_width" value="0.3" />
            <Option type="QString" name="outline_width_unit" value="MM" />
            <Option type="QString" name="size" value="2.8" />
            <Option type="QString" name="size_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="name" value="pentagon" />
            <Option type="QString" name="color" value="192,136,8,255" />
            <Option type="QString" name="outline_color" value="255,255,255,255" />
            <Option type="QString" name="outline_width" value="0.3" />
            <Option type="QString" name="outline_width_unit" value="MM" />
            <Option type="QString" name="size" value="2.8" />
            <Option type="QString" name="size_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="name" value="star" />
            <Option type="QString" name="color" value="27,36,64,255" />
            <Option type="QString" name="outline_color" value="255,255,255,255" />
            <Option type="QString" name="outline_width" value="0.3" />
            <Option type="QString" name="outline_width_unit" value="MM" />
            <Option type="QString" name="size" value="2.8" />
            <Option type="QString" name="size_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <aliases>
    <alias field="id" index="1" name="Identifiant" />
    <alias field="name" index="2" name="Nom" />
    <alias field="organisation" index="3" name="Organisation" />
    <alias field="kind" index="4" name="Type" />
    <alias field="category" index="5" name="Catégorie" />
    <alias field="group" index="6" name="Groupe" />
    <alias field="modalities" index="7" name="Modalités" />
    <alias field="activity_fr" index="8" name="Activité (français)" />
    <alias field="activity_en" index="9" name="Activité (anglais)" />
    <alias field="address" index="10" name="Adresse" />
    <alias field="postcode" index="11" name="Code postal" />
    <alias field="site" index="12" name="Site" />
    <alias field="site_id" index="13" name="Identifiant du site" />
    <alias field="commune" index="14" name="Commune" />
    <alias field="commune_code" index="15" name="Code de la commune" />
    <alias field="commune_official" index="16" name="Code officiel de la commune" />
    <alias field="intercommunality_code" index="17" name="Code de l'EPCI ou de l'EPT" />
    <alias field="intercommunality_name" index="18" name="EPCI ou EPT" />
    <alias field="department_code" index="19" name="Code du département" />
    <alias field="department_name" index="20" name="Département" />
    <alias field="latitude" index="21" name="Latitude" />
    <alias field="longitude" index="22" name="Longitude" />
    <alias field="precision" index="23" name="Position connue" />
    <alias field="website" index="24" name="Site web" />
    <alias field="founded" index="25" name="Année de création" />
    <alias field="siren" index="26" name="SIREN" />
    <alias field="siret" index="27" name="SIRET" />
    <alias field="rnsr" index="28" name="RNSR" />
    <alias field="status" index="29" name="Statut" />
    <alias field="status_year" index="30" name="Année du statut" />
    <alias field="status_source_url" index="31" name="Adresse de la source du statut" />
    <alias field="presence" index="32" name="Présence" />
    <alias field="ownership" index="33" name="Indépendance" />
    <alias field="owner" index="34" name="Propriétaire" />
    <alias field="owner_since" index="35" name="Propriétaire depuis" />
    <alias field="as_of" index="36" name="Date de la source" />
    <alias field="source_url" index="37" name="Adresse de la source" />
    <alias field="source_title" index="38" name="Titre de la source" />
    <alias field="confidence" index="39" name="Confiance" />
    <alias field="trust" index="40" name="Confiance selon l'âge" />
  </aliases>
</qgis>
